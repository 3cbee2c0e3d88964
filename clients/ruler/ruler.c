/*
 * The ruler: subscribers that only read, to check the load agent by. It shares no code with it.
 *   ruler <technique> <address> <port>    long-poll or a stream but Socket.IO's, in the clear
 * It is told on standard input, a line each; the end of the input ends it:
 *   join <n>                              n more subscribers, one after the other; answered `ready`
 *   measure <epoch> <start> <end>         monotonic microseconds: counts, and keeps events due in the window; `ready`
 *   finish                                answered `result <rows> <bytes> <events>`, then the rows, and it ends
 * A row is five doubles: subscriber, seq, due (microseconds after the epoch), read and kernel (monotonic microseconds).
 * `kernel` is when the kernel took in the segment. It merges segments that wait and keeps the time of the last: a stamp
 * counts only where a read found one whole event and left nothing behind. All others are 0.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 65536, MOST_ROWS = 2000000, AT_ONCE = 256, MS = 1000000 /* nanoseconds */, OFFSET_EVERY = 200 * MS };
struct subscriber { int fd, number; bool pastHead, opened; size_t length; char in[ROOM + 1]; /* NUL after length */ };
struct row { double subscriber, seq, dueUs, readUs, kernelUs; };
struct technique {
  const char *name, *headers, *status, *needed;
  /* The length of the first message in s->in, more than s->length where it is not whole, and where its text lies. */
  size_t (*measure)(struct subscriber *s, size_t *from, size_t *to);
};
static const struct technique *technique;
static const char *address, *port;
static int poller, joined, toJoin; /* toJoin: with the one that is not opened yet. */
static struct row rows[MOST_ROWS]; /* Pages come with their first use. */
static size_t rowCount, bytes, events;
static double epochUs, startUs, endUs; /* No event is in the window before `measure`. */
static int64_t offset, offsetAt, readAt; /* nanoseconds */

static int64_t now(clockid_t clock) {
  struct timespec t;
  return clock_gettime(clock, &t), t.tv_sec * 1000LL * MS + t.tv_nsec;
}

/* CLOCK_REALTIME, which stamps are of, less CLOCK_MONOTONIC: from the narrowest of ten brackets. */
static void takeOffset(void) {
  int64_t narrowest = INT64_MAX;
  for (int i = 0; i < 10; i++) {
    int64_t start = now(CLOCK_MONOTONIC), real = now(CLOCK_REALTIME), width = now(CLOCK_MONOTONIC) - start;
    if (width < narrowest) narrowest = width, offset = real - start - width / 2;
  }
  offsetAt = now(CLOCK_MONOTONIC);
}

static size_t measureHead(struct subscriber *s) {
  char *end = strstr(s->in, "\r\n\r\n");
  if (end && (strncmp(s->in, technique->status, strlen(technique->status)) || !strcasestr(s->in, technique->needed)))
    errx(1, "the server answered %.*s, or without %s", (int)strcspn(s->in, "\r"), s->in, technique->needed + 1);
  return end ? (size_t)(end + 4 - s->in) : SIZE_MAX;
}

static size_t measureChunk(struct subscriber *s, size_t *from, size_t *to) {
  char *line = strstr(s->in, "\r\n");
  if (!line) return SIZE_MAX;
  *from = line + 2 - s->in, *to = *from + strtoul(s->in, NULL, 16);
  if (*to == *from) errx(1, "the server ended the stream of subscriber %d", s->number + 1);
  return *to + 2;
}

static size_t measureFrame(struct subscriber *s, size_t *from, size_t *to) {
  const unsigned char *in = (unsigned char *)s->in;
  if (s->length < 2) return SIZE_MAX;
  if ((in[0] != 0x81 && in[0] != 0x89) || in[1] > 126) errx(1, "no frame that is known: %02x %02x", in[0], in[1]);
  *from = in[1] == 126 ? 4 : 2, *to = *from + (in[1] == 126 ? in[2] << 8 | in[3] : in[1]);
  if (in[0] == 0x89 && in[1] <= 125 && *to <= s->length) {
    char pong[6 + 125] = {(char)0x8a, (char)(0x80 | in[1]), 0x1b, 0x3c, 0x5f, 0x22};
    for (int i = 0; i < in[1]; i++) pong[6 + i] = in[2 + i] ^ pong[2 + i % 4];
    if (write(s->fd, pong, 6 + in[1]) < 0) err(1, "cannot send a pong");
  }
  return *to;
}

static size_t measureText(struct subscriber *s, size_t *from, size_t *to) {
  return (*from = 0, *to = strlen(s->in)) < s->length ? *to + 1 : SIZE_MAX;
}

static size_t measureAnswer(struct subscriber *s, size_t *from, size_t *to) {
  if ((*from = measureHead(s)) > s->length) return SIZE_MAX;
  return *to = *from + strtoul(strcasestr(s->in, technique->needed) + strlen(technique->needed), NULL, 10);
}

#define CHUNKED "HTTP/1.1 200 ", "\nTransfer-Encoding: chunked\r\n", measureChunk
static const struct technique techniques[] = {
  {"sse", "Accept: text/event-stream\r\n", CHUNKED}, {"iframe-stream", "", CHUNKED}, {"fetch-stream", "", CHUNKED},
  {"multipart-stream", "", CHUNKED}, {"xml-socket", "", "", "", measureText},
  {"long-poll", "", "HTTP/1.1 200 ", "\nContent-Length: ", measureAnswer},
  /* The key of RFC 6455, section 1.3, whose answer is known without SHA-1. */
  {"websocket", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
   "Sec-WebSocket-Protocol: pushlab.v1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
   "HTTP/1.1 101 ", "\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", measureFrame}, {0}
};

static void ask(struct subscriber *s, const char *more) {
  int sent = technique->measure == measureText ? dprintf(s->fd, "<subscribe/>%c", 0)
    : dprintf(s->fd, "GET /%s HTTP/1.1\r\nHost: %s:%s\r\n%s\r\n", technique->name, address, port, more);
  if (sent < 0) err(1, "cannot send a request");
}

static void join(void) {
  const int stamps = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  struct subscriber *s = calloc(1, sizeof *s);
  struct epoll_event readable = {.events = EPOLLIN, .data.ptr = s};
  if (!s || (s->fd = socket(AF_INET, SOCK_STREAM, 0)) < 0) err(1, "cannot have more than %d subscribers", joined);
  if (setsockopt(s->fd, SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof stamps)) err(1, "no timestamps of the kernel");
  if (inet_pton(AF_INET, address, &to.sin_addr) != 1) errx(1, "%s is no IPv4 address", address);
  if (connect(s->fd, (void *)&to, sizeof to) || epoll_ctl(poller, EPOLL_CTL_ADD, s->fd, &readable))
    err(1, "cannot connect to %s:%s", address, port);
  s->number = joined++;
  s->pastHead = technique->measure == measureAnswer || technique->measure == measureText; /* In each, or nowhere. */
  ask(s, technique->headers);
}

/* The messages of all techniques hold JSON: events, and to begin with, or in each answer to a poll, a cursor. */
static void understand(struct subscriber *s, const char *text) {
  for (const char *json = text; (json = strstr(json, "{\"seq\":")); json++, events++) {
    const char *due = strstr(json, ",\"due\":");
    if (!due) errx(1, "an event has no \"due\": its payload needs 64 bytes or more");
    if (rowCount == MOST_ROWS) errx(1, "more than %d events: measure for a shorter time", MOST_ROWS);
    struct row row = {s->number, atof(json + strlen("{\"seq\":")), atof(due + strlen(",\"due\":")), readAt / 1e3, 0};
    if (epochUs + row.dueUs >= startUs && epochUs + row.dueUs < endUs) rows[rowCount++] = row;
  }
  long seq;
  char feedId[33], headers[128], *cursor = strstr(text, "{\"cursor\":");
  if (strstr(text, "\"ended\":true")) errx(1, "the server ended the feed");
  if (technique->measure == measureAnswer) {
    if (!cursor || sscanf(cursor, "{\"cursor\":%ld,\"feedId\":\"%32[^\"]", &seq, feedId) != 2) errx(1, "no cursor");
    snprintf(headers, sizeof headers, "Last-Event-ID: %ld\r\nFeed-ID: %s\r\n", seq, feedId), ask(s, headers);
  }
  if (!s->opened && --toJoin > 0) join();
  else if (!s->opened) puts("ready"), fflush(stdout);
  s->opened = true;
}

static void readFrom(struct subscriber *s) {
  struct { struct cmsghdr header; struct scm_timestamping times; } control = {0};
  struct iovec into = {s->in + s->length, ROOM - s->length};
  struct msghdr call = {.msg_iov = &into, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  char next; size_t messages = 0, eventsBefore = events, rowsBefore = rowCount, from = 0, to = 0, length;
  ssize_t got = recvmsg(s->fd, &call, MSG_DONTWAIT);
  readAt = now(CLOCK_MONOTONIC);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) errx(1, "subscriber %d: %s", s->number + 1, got < 0 ? strerror(errno) : "closed by the server");
  bool isAlone = s->length == 0 && (size_t)got < into.iov_len && recv(s->fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) < 0;
  bytes += got, s->in[s->length += got] = 0;
  for (; (length = s->pastHead ? technique->measure(s, &from, &to) : measureHead(s)) <= s->length; messages++) {
    char after = s->in[to]; s->in[to] = 0;
    if (s->pastHead) understand(s, s->in + from);
    s->pastHead = true, s->in[to] = after;
    memmove(s->in, s->in + length, (s->length -= length) + 1);
  }
  if (s->length == ROOM) errx(1, "an event has more than %d bytes", ROOM);
  isAlone = isAlone && s->length == 0 && messages == 1 && events == eventsBefore + 1 && rowCount == rowsBefore + 1;
  if (isAlone && control.header.cmsg_type == SCM_TIMESTAMPING)
    rows[rowsBefore].kernelUs = (control.times.ts[0].tv_sec * 1000LL * MS + control.times.ts[0].tv_nsec - offset) / 1e3;
}

static void obey(void) {
  char text[4096];
  ssize_t got = read(STDIN_FILENO, text, sizeof text - 1);
  if (got <= 0) exit(0); else text[got] = 0; /* Lines are whole: a pipe takes short ones at once. */
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
    if (sscanf(line, "join %d", &toJoin) == 1) join();
    else if (sscanf(line, "measure %lf %lf %lf", &epochUs, &startUs, &endUs) == 3)
      bytes = events = 0, puts("ready"), fflush(stdout);
    else if (strcmp(line, "finish")) errx(1, "cannot do this: %s", line);
    else if (printf("result %zu %zu %zu\n", rowCount, bytes, events) > 0)
      exit(fwrite(rows, sizeof *rows, rowCount, stdout) == rowCount ? 0 : 1);
  }
}

int main(int count, char **arguments) {
  for (const struct technique *t = techniques; count == 4 && t->name; t++)
    if (!strcmp(arguments[1], t->name)) technique = t;
  if (!technique) errx(1, "usage: ruler <technique> <address> <port>");
  address = arguments[2], port = arguments[3];
  signal(SIGPIPE, SIG_IGN), signal(SIGINT, SIG_IGN); /* Ctrl-C reaches a whole group; the parent says when to end. */
  struct epoll_event ready[AT_ONCE] = {{.events = EPOLLIN}}; /* Without a subscriber: commands. */
  if ((poller = epoll_create1(0)) < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, ready)) err(1, "no pipe");
  for (takeOffset();;) {
    int found = epoll_wait(poller, ready, AT_ONCE, OFFSET_EVERY / MS);
    for (int i = 0; i < found; i++) if (ready[i].data.ptr) readFrom(ready[i].data.ptr);
    if (found == 1 && !ready[0].data.ptr) obey(); /* Once all that has come is read. */
    if (now(CLOCK_MONOTONIC) - offsetAt >= OFFSET_EVERY) takeOffset();
  }
}
