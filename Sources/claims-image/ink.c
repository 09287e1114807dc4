#include "ink.h"

#include <stdlib.h>

#include "page.h"

// How dark the darkest hundredth of a page is: its print, however faint.
static int darkest(Pix *even) {
  long counts[256] = {0}, seen = 0;
  int width = pixGetWidth(even), height = pixGetHeight(even), level = 0;
  for (int row = 0; row < height; row++) {
    uint32_t *line = pixGetData(even) + (long)row * pixGetWpl(even);
    for (int column = 0; column < width; column++) { counts[*byteAt(line, column)]++; }
  }
  while (level < 255 && (seen += counts[level]) * 100 < (long)width * height) { level++; }
  return level;
}

Pix *evened(Pix *grey) {
  Pix *calm = pixBlockconv(grey, 1, 1);
  if (calm == NULL) { exit(NO_MEMORY); }
  Pix *even = pixBackgroundNormSimple(calm, NULL, NULL);
  // A page without a background, such as a black one, stays as it is.
  if (even == NULL) { even = pixCopy(NULL, calm); }
  pixDestroy(&calm);
  if (even == NULL) { exit(NO_MEMORY); }
  // The background is brought to 200. From there to the print is stretched, but not what is too faint to be print.
  int white = 200, span = white - darkest(even);
  if (span < 40) { span = 40; }
  for (int row = 0; row < pixGetHeight(even); row++) {
    uint32_t *line = pixGetData(even) + (long)row * pixGetWpl(even);
    for (int column = 0; column < pixGetWidth(even); column++) {
      uint8_t *pixel = byteAt(line, column);
      int dark = (white - *pixel) * 215 / span;
      *pixel = (uint8_t)(dark <= 0 ? 255 : dark >= 255 ? 0 : 255 - dark);
    }
  }
  return even;
}

// Takes the pictures it is given.
static Pix *without(Pix *from, Pix *what) {
  Pix *left = pixSubtract(NULL, from, what);
  pixDestroy(&from);
  pixDestroy(&what);
  return left;
}

static Pix *either(Pix *one, Pix *other) {
  Pix *both = pixOr(NULL, one, other);
  pixDestroy(&one);
  pixDestroy(&other);
  return both;
}

// Runs of ink that are longer than any stroke of a typed character, and thin.
static Pix *lines(Pix *ink, int across) {
  Pix *closed = pixCloseBrick(NULL, ink, across ? 7 : 1, across ? 1 : 3);
  // Letters of a word may touch one another at their feet, so a shorter line across must not be broken.
  Pix *runs = across ? pixOpenBrick(NULL, ink, 44, 1) : pixOpenBrick(NULL, closed, 1, 38);
  if (across) { runs = either(runs, pixOpenBrick(NULL, closed, 150, 1)); }
  pixDestroy(&closed);
  Pix *thick = pixOpenBrick(NULL, runs, across ? 3 : 9, across ? 9 : 3);
  Pix *around = pixDilateBrick(NULL, thick, 3, 3);
  pixDestroy(&thick);
  Pix *thin = without(runs, around);
  Pix *whole = pixDilateBrick(NULL, thin, across ? 31 : 5, across ? 5 : 31);
  pixDestroy(&thin);
  if (whole == NULL) { exit(NO_MEMORY); }
  return whole;
}

// Whether there is ink a little before or after a pixel of a line, across the line.
static int touches(Pix *left, int column, int row, int across, int side) {
  for (int step = 3; step <= 7; step += 2) {
    int x = across ? column : column + side * step, y = across ? row + side * step : row;
    if (x < 0 || y < 0 || x >= pixGetWidth(left) || y >= pixGetHeight(left)) { return 0; }
    if (bitAt(pixGetData(left) + (long)y * pixGetWpl(left), x)) { return 1; }
  }
  return 0;
}

// Puts back what was ink and part of a line, where a stroke crosses the line.
static void mend(Pix *mended, Pix *left, Pix *ink, Pix *line, int across) {
  for (int row = 0; row < pixGetHeight(ink); row++) {
    uint32_t *black = pixGetData(ink) + (long)row * pixGetWpl(ink);
    uint32_t *gone = pixGetData(line) + (long)row * pixGetWpl(line);
    uint32_t *target = pixGetData(mended) + (long)row * pixGetWpl(mended);
    for (int column = 0; column < pixGetWidth(ink); column++) {
      if ((black[column >> 5] & gone[column >> 5]) == 0) {
        column |= 31;
      } else if (bitAt(black, column) && bitAt(gone, column) && touches(left, column, row, across, -1)
                 && touches(left, column, row, across, 1)) {
        setBit(target, column);
      }
    }
  }
}

Pix *inkWithoutLines(Pix *even) {
  Pix *ink = pixThresholdToBinary(even, 150);
  if (ink == NULL) { exit(NO_MEMORY); }
  Pix *across = lines(ink, 1), *down = lines(ink, 0);
  Pix *some = pixSubtract(NULL, ink, across), *left = pixSubtract(NULL, some, down);
  Pix *mended = pixCopy(NULL, left);
  if (mended == NULL) { exit(NO_MEMORY); }
  mend(mended, left, ink, across, 1);
  mend(mended, left, ink, down, 0);
  pixDestroy(&some);
  pixDestroy(&left);
  pixDestroy(&ink);
  pixDestroy(&across);
  pixDestroy(&down);
  return mended;
}
