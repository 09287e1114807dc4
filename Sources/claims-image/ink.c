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

// A box to be marked is a square of lines that are shorter than those above. In pixels: how long its sides are, and how far
// ink may be from a side and still belong to it.
enum { LEAST_SIDE = 32, MOST_SIDE = 62, SIDE_WIDTH = 4 };

static int most(int a, int b) { return a > b ? a : b; }

// How much of a side of a rectangle is ink, in hundredths: of its columns or rows, those with ink near the side.
static int covered(Pix *ink, int from, int to, int at, int across) {
  int found = 0;
  for (int along = from; along < to; along++) {
    for (int near = at - SIDE_WIDTH; near <= at + SIDE_WIDTH; near++) {
      int x = across ? along : near, y = across ? near : along;
      if (x < 0 || y < 0 || x >= pixGetWidth(ink) || y >= pixGetHeight(ink)) { continue; }
      if (bitAt(pixGetData(ink) + (long)y * pixGetWpl(ink), x)) {
        found++;
        break;
      }
    }
  }
  return found * 100 / (to - from);
}

// Whether a connected piece of straight ink has four sides.
static int isFrame(Pix *sides, int left, int top, int right, int bottom) {
  int width = right - left, height = bottom - top, in = SIDE_WIDTH, least = 70;
  if (width < LEAST_SIDE || height < LEAST_SIDE || width > MOST_SIDE || height > MOST_SIDE) { return 0; }
  return covered(sides, left + in, right - in, top + in, 1) >= least
         && covered(sides, left + in, right - in, bottom - 1 - in, 1) >= least
         && covered(sides, top + in, bottom - in, left + in, 0) >= least
         && covered(sides, top + in, bottom - in, right - 1 - in, 0) >= least;
}

// Adds to a picture what is set in another between the places, and the pixels around it.
static void addAround(Pix *to, Pix *from, int left, int top, int right, int bottom) {
  for (int y = most(top, 1); y < bottom && y < pixGetHeight(from) - 1; y++) {
    const uint32_t *row = pixGetData(from) + (long)y * pixGetWpl(from);
    for (int x = most(left, 1); x < right && x < pixGetWidth(from) - 1; x++) {
      if (!bitAt(row, x)) { continue; }
      for (int near = 0; near < 9; near++) {
        setBit(pixGetData(to) + (long)(y + near / 3 - 1) * pixGetWpl(to), x + near % 3 - 1);
      }
    }
  }
}

// Adds the sides of boxes to be marked to the lines of a form. They are thin and pale, so they are looked for in all that is
// darker than the paper, but not in the pale edge of a longer line, which would join a box to what is beside it. A letter as
// wide as a box has no such sides on all four.
static void addFrames(Pix *even, Pix *across, Pix *down) {
  Pix *dark = pixThresholdToBinary(even, 205);
  Pix *longer = either(pixOpenBrick(NULL, dark, 2 * MOST_SIDE, 1), pixOpenBrick(NULL, dark, 1, 2 * MOST_SIDE));
  Pix *edged = longer == NULL ? NULL : pixDilateBrick(NULL, longer, 3, 3);
  pixDestroy(&longer);
  Pix *pale = without(dark, edged);
  Pix *sides = either(pixOpenBrick(NULL, pale, LEAST_SIDE - 16, 1), pixOpenBrick(NULL, pale, 1, LEAST_SIDE - 16));
  Boxa *boxes = sides == NULL ? NULL : pixConnComp(sides, NULL, 8);
  if (boxes == NULL) { exit(NO_MEMORY); }
  for (int at = 0; at < boxaGetCount(boxes); at++) {
    int left, top, width, height;
    boxaGetBoxGeometry(boxes, at, &left, &top, &width, &height);
    int right = left + width, bottom = top + height, reach = 2 * SIDE_WIDTH;
    if (!isFrame(sides, left, top, right, bottom)) { continue; }
    addAround(across, sides, left, top, right, top + reach);
    addAround(across, sides, left, bottom - reach, right, bottom);
    addAround(down, sides, left, top, left + reach, bottom);
    addAround(down, sides, right - reach, top, right, bottom);
  }
  pixDestroy(&pale);
  pixDestroy(&sides);
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
  addFrames(even, across, down);
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
