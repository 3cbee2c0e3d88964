/** A colour of sRGB, each part 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Reads `#e05400` and what browsers compute: `rgb(224, 84, 0)`. Black where it is neither. */
export function parseColor(text: string): Rgb {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text.trim())
  if (hex) return hex.slice(1).map((part) => Number.parseInt(part, 16)) as unknown as Rgb
  const [red = 0, green = 0, blue = 0] = [...text.matchAll(/[\d.]+/g)].map(([part]) => Number(part))
  return [red, green, blue]
}

export function cssOf([red, green, blue]: Rgb, alpha = 1): string {
  return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)} / ${alpha})`
}

/** Contrast of two colours by WCAG 2.2: 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** The nearest to a hue, mixed with white or black, that has at least this contrast to what it stands on. */
export function legible(hue: Rgb, ground: Rgb, least: number): Rgb {
  const towards = luminance(ground) < 0.18 ? 255 : 0
  for (let share = 0; share <= 1; share += 0.04) {
    const mixed = hue.map((part) => part + (towards - part) * share) as unknown as Rgb
    if (contrast(mixed, ground) >= least) return mixed
  }
  return [towards, towards, towards]
}

/** Black or white, whichever is read better on a colour. */
export function inkOn(color: Rgb): Rgb {
  const [black, white]: [Rgb, Rgb] = [
    [0, 0, 0],
    [255, 255, 255],
  ]
  return contrast(color, black) > contrast(color, white) ? black : white
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
