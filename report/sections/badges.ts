/** How a badge looks: in words and shape, never by colour alone. */
export const badgeMarks = {
  valid: { className: 'good', text: '✓ valid' },
  'use with care': { className: 'care', text: '! use with care' },
  'not valid': { className: 'bad', text: '✕ not valid' },
  'not measured': { className: 'bad', text: '– not measured' },
} as const
