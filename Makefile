# pushlab: measures and teaches server push. Every target installs what it needs first.
# Any Node.js >= 20 with npm will do to install; the pinned runtime comes with the packages and is first on PATH.

export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
pushlab := node scenarios/pushlab.js
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help quick bench bench-full bench-large demo claims report compare profile list server test test-classroom test-hostile test-instrument test-readme torture soak check format lines clean

help: ## show this help
	@echo 'pushlab: which push technique is right? Measured.'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  Options go through ARGS: make bench ARGS='--scenario steady-feed --technique sse,websocket'"
	@echo "  make ends with 2 whatever went wrong. To tell one from another: npx pushlab bench, and README's exit codes"

quick: node_modules/.installed ## a first look at the main techniques, in under a minute
	@$(pushlab) bench --suite glance $(ARGS)

bench: node_modules/.installed ## measure what figures to quote come from (under 5 minutes), and write a report
	@$(pushlab) bench $(ARGS)

bench-full: node_modules/.installed ## measure everything (about 45 minutes); interrupted, it goes on where it was
	@$(pushlab) bench --suite full --resume $(ARGS)

bench-large: node_modules/.installed ## measure 10,000 streams and 5,000 polls at once (15 minutes)
	@$(pushlab) bench --suite large --resume $(ARGS)

demo: node_modules/.installed ## the classroom: projector, teacher, students; ARGS=--lan lets the network in
	@$(pushlab) demo $(ARGS)

claims: node_modules/.installed ## which claims of textbooks held in the latest run; ID=sse-six puts one on trial now
	@$(pushlab) claims $(ID) $(ARGS)

report: node_modules/.installed ## write the report again: make report RUN=results/<run> (default: the latest run)
	@$(pushlab) report $(RUN) $(ARGS)

compare: node_modules/.installed ## what changed: make compare OLD=results/<run> NEW=results/<run>
	@$(pushlab) compare $(OLD) $(NEW) $(ARGS)

profile: node_modules/.installed ## where the server's time goes: make profile TECHNIQUE=sse SCENARIO=fan-out ARGS='--tool doctor'
	@$(pushlab) profile $(if $(TECHNIQUE),--technique $(TECHNIQUE)) $(if $(SCENARIO),--scenario $(SCENARIO)) $(ARGS)

list: node_modules/.installed ## list techniques and scenarios
	@$(pushlab) list

server: node_modules/.installed ## publish a feed to look at with curl or a browser
	@node server/main.js $(ARGS)

test: node_modules/.installed ## check types, format and lint, then run the tests
	@npm run --silent check
	@npm run --silent test

test-instrument: node_modules/.installed ## plant milliseconds and find them: on a machine that does nothing else (a minute)
	@npm run --silent test:instrument

test-readme: node_modules/.installed ## run every command that the READMEs show (some minutes)
	@npm run --silent test:readme

test-hostile: node_modules/.installed ## hold a thousand malformed conversations with each technique, ten times as many as make test (some minutes)
	@npm run --silent test:hostile

torture: node_modules/.installed ## plant faults in bench, server and demo: make torture ARGS='--seed 1 --rounds 20' (minutes)
	@node scenarios/torture/main.ts $(ARGS)

soak: node_modules/.installed ## hold 500 subscribers to 100 events/s, and see whether memory comes to rest (40 minutes): make soak ARGS='--measure 4m'
	@node scenarios/torture/soak-main.ts $(ARGS)

test-classroom: node_modules/.installed ## open the classroom in a real browser, and walk through every lesson (some minutes)
	@npm run --silent test:classroom

check: node_modules/.installed ## check types, format and lint
	@npm run --silent check

format: node_modules/.installed ## format and mend what can be mended
	@npm run --silent format

lines: ## how many lines each room has: the product's, and those of tests and their fixtures
	@git ls-files '*.c' '*.css' '*.js' '*.mjs' '*.ts' '*.tsx' | xargs grep -c '' | awk -F: ' \
	  { depth = $$1 ~ /^scenarios\/classroom\// ? 3 : 2; n = split($$1, part, "/"); room = n > 1 ? part[1] : "(top)"; \
	    for (i = 2; i <= depth && i < n; i++) room = room "/" part[i]; \
	    kind = $$1 ~ /\.(test|walk)\.|\/walk\/|fixture/ ? "test" : "product"; \
	    lines[room, kind] += $$2; total[kind] += $$2; rooms[room] } \
	  END { sorted = "sort"; printf "%-32s %8s %8s\n", "", "product", "tests"; \
	    for (room in rooms) printf "%-32s %8d %8d\n", room, lines[room, "product"], lines[room, "test"] | sorted; close(sorted); \
	    printf "%-32s %8d %8d\n", "all", total["product"], total["test"] }'

clean: ## remove what was installed; measured runs in results/ stay
	rm -rf node_modules report/index.html

node_modules/.installed: package.json package-lock.json
	@echo 'Installing packages (once)...'
	@npm ci
	@touch $@
