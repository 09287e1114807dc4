#include "page.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "ink.h"
#include "leptonica.h"
#include "likeness.h"
#include "typing.h"

enum { TIFF_FIRST = 4, TIFF_LAST = 10, TIFF_JPEG = 17 };
enum { TO_GREY = 1, RED = 0, AREA_MAP = 1, WHITE = 1 };

static int isTiff(int format) { return (format >= TIFF_FIRST && format <= TIFF_LAST) || format == TIFF_JPEG; }

// Replaces a picture by another made of it.
static void become(Pix **pix, Pix *made) {
  if (made == NULL) { exit(NO_MEMORY); }
  pixDestroy(pix);
  *pix = made;
}

// Reads a page, after its header said that it is not too large.
static Pix *readPage(const char *file, int number, long pixelLimit, int *count) {
  int format = 0, width = 0, height = 0, bits, samples, hasColormap, resolution;
  if (pixReadHeader(file, &format, &width, &height, &bits, &samples, &hasColormap) != 0) { exit(UNREADABLE); }
  *count = 1;
  if (isTiff(format)) {
    FILE *stream = fopen(file, "rb");
    if (stream == NULL || tiffGetCount(stream, count) != 0) { exit(UNREADABLE); }
    fclose(stream);
    if (number > *count) { exit(NO_PAGE); }
    if (readHeaderTiff(file, number - 1, &width, &height, &bits, &samples, &resolution, &hasColormap, &format) != 0) {
      exit(UNREADABLE);
    }
  } else if (number != 1) {
    exit(NO_PAGE);
  }
  if (width <= 0 || height <= 0 || (long)width * height > pixelLimit) { exit(TOO_LARGE); }
  Pix *pix = isTiff(format) ? pixReadTiff(file, number - 1) : pixRead(file);
  if (pix == NULL) { exit(UNREADABLE); }
  return pix;
}

// Two pictures of one page, of 8 bits each: what a person sees, and the ink that was put on the form. A form is printed in
// red so that a scanner can drop it: in the red part of a colour picture, red is as bright as the paper.
static void separate(Pix *pix, Pix **grey, Pix **ink) {
  Pix *plain = pixRemoveColormap(pix, 4);
  if (plain == NULL) { exit(NO_MEMORY); }
  if (pixGetDepth(plain) == 32 && pixGetSpp(plain) == 4) { become(&plain, pixRemoveAlpha(plain)); }
  *ink = pixGetDepth(plain) == 32 ? pixGetRGBComponent(plain, RED) : pixConvertTo8(plain, 0);
  *grey = pixConvertTo8(plain, 0);
  pixDestroy(&plain);
  if (*grey == NULL || *ink == NULL) { exit(NO_MEMORY); }
}

// The factors that bring a page to the one resolution. A page without one is taken for a letter page, 8.5 inches wide; a
// fax has twice as many pixels across as down.
static void factors(const Pix *pix, double *across, double *down) {
  int x = pixGetXRes(pix), y = pixGetYRes(pix);
  int width = pixGetWidth(pix), height = pixGetHeight(pix);
  double unknown = (width < height ? width : height) / 8.5;
  *across = PIXELS_PER_INCH / (x >= 50 && x <= 2400 ? x : unknown);
  *down = PIXELS_PER_INCH / (y >= 50 && y <= 2400 ? y : unknown);
}

// The angle by which the lines and the words of a page are off, in degrees; 0 when it is not clear.
static float skewOf(Pix *grey) {
  float degrees = 0, confidence = 0;
  Pix *even = pixBackgroundNormSimple(grey, NULL, NULL);
  Pix *black = pixThresholdToBinary(even == NULL ? grey : even, 160);
  // The rows of a dense form line up at wrong angles too, so the steps are small.
  int found =
    black != NULL && pixFindSkewSweepAndSearchScore(black, &degrees, &confidence, NULL, 4, 2, 0, 6, 0.25f, 0.01f) == 0;
  pixDestroy(&even);
  pixDestroy(&black);
  return found && confidence >= 3 && fabsf(degrees) >= 0.02f ? degrees : 0;
}

static void turn(Pix **pix, float degrees, int quarters) {
  if (degrees != 0) {
    become(pix, pixRotate(*pix, degrees * (float)M_PI / 180, AREA_MAP, WHITE, 0, 0));
  }
  if (quarters != 0) { become(pix, pixRotateOrth(*pix, quarters)); }
}

static void printBytes(const void *bytes, size_t length) {
  if (fwrite(bytes, 1, length, stdout) != length) { exit(UNREADABLE); }
}

static void encode(Pix *pix, uint8_t **bytes, size_t *length) {
  if (pixWriteMemPng(bytes, length, pix, 0) != 0) { exit(NO_MEMORY); }
}

// The pages of a file, and one of them made straight.
typedef struct {
  int pageCount;
  Pix *grey, *ink;
  // What was turned clockwise: first degrees, then quarters of a turn.
  float degrees;
  int quarters;
  // Whether the file has far fewer pixels an inch, in one direction or both.
  int isCoarse;
} Straight;

static Straight straighten(const char *file, int number, int quarters, long pixelLimit) {
  Straight page = {.quarters = quarters};
  double across, down;
  Pix *pix = readPage(file, number, pixelLimit, &page.pageCount);
  factors(pix, &across, &down);
  if (pixGetWidth(pix) * across * pixGetHeight(pix) * down > (double)pixelLimit) { exit(TOO_LARGE); }
  page.isCoarse = across > 1.6 || down > 1.6;
  separate(pix, &page.grey, &page.ink);
  pixDestroy(&pix);
  if (fabs(across - 1) > 0.02 || fabs(down - 1) > 0.02) {
    become(&page.grey, pixScale(page.grey, (float)across, (float)down));
    become(&page.ink, pixScale(page.ink, (float)across, (float)down));
  }
  page.degrees = skewOf(page.grey);
  turn(&page.grey, page.degrees, quarters);
  turn(&page.ink, page.degrees, quarters);
  return page;
}

// Whether a place of the straight page is within a character of the edge of the sheet, or was turned in from outside. What
// is written there may have lost a part.
enum { EDGE = 30 };
static int isAtEdge(const Straight *page, double x, double y) {
  double width = pixGetWidth(page->grey), height = pixGetHeight(page->grey), radians = page->degrees * M_PI / 180;
  for (int quarter = 0; quarter < page->quarters; quarter++) {
    double turned = y;
    y = width - x;
    x = turned;
    double side = width;
    width = height;
    height = side;
  }
  double fromX = x - width / 2, fromY = y - height / 2;
  double sheetX = width / 2 + fromX * cos(radians) + fromY * sin(radians);
  double sheetY = height / 2 - fromX * sin(radians) + fromY * cos(radians);
  return sheetX < EDGE || sheetY < EDGE || sheetX > width - EDGE || sheetY > height - EDGE;
}

// Whether a stamp or a stain is among the characters of a word, or so near that it may cover one.
static int isBlotted(const Typing *typing, const int box[4]) {
  for (int at = 0; at < typing->blotCount; at++) {
    const Piece *blot = &typing->blots[at];
    for (int y = box[1]; y < box[3]; y++) {
      if (y < blot->top || y >= blot->bottom) { continue; }
      const uint32_t *row = pixGetData(blot->mask) + (long)(y - blot->top) * pixGetWpl(blot->mask);
      for (int x = box[0] - EDGE; x < box[2] + EDGE; x++) {
        if (x >= blot->left && x < blot->right && bitAt(row, x - blot->left)) { return 1; }
      }
    }
  }
  return 0;
}

// Whether ink is among or beside the characters of a word that belongs to none of them, or a character seems to be missing.
enum { NEAR = 14 };
static int isIncomplete(const Typing *typing, int firstGlyph, int end, const int box[4]) {
  for (int at = 0; at < typing->strayCount; at++) {
    int y = (typing->strays[at].top + typing->strays[at].bottom) / 2;
    int isBeside = typing->strays[at].left < box[2] + NEAR && typing->strays[at].right > box[0] - NEAR;
    if (isBeside && y > box[1] && y < box[3]) { return 1; }
  }
  for (int at = firstGlyph + 1; at < end && typing->pitch > 0; at++) {
    const Glyph *one = &typing->glyphs[at - 1], *next = &typing->glyphs[at];
    int step = (next->left + next->right - one->left - one->right) / 2;
    if (step * 20 > typing->pitch * 29) { return 1; }
  }
  return 0;
}

// Prints the words that were typed on the page, each with its glyphs and as a picture.
static void printTyping(const Straight *page, Pix *even, const Typing *typing, const Neighbours *neighbours) {
  int glyph = 0, piece = 0;
  for (int word = 0; word < typing->wordCount; word++) {
    int firstGlyph = glyph, firstPiece = piece, left = INT_MAX, top = INT_MAX, right = 0, bottom = 0;
    for (; glyph < typing->glyphCount && typing->glyphs[glyph].word == word; glyph++) {
      const Glyph *one = &typing->glyphs[glyph];
      left = one->left < left ? one->left : left;
      top = one->top < top ? one->top : top;
      right = one->right > right ? one->right : right;
      bottom = one->bottom > bottom ? one->bottom : bottom;
    }
    while (piece < typing->pieceCount && typing->pieces[piece].word == word) { piece++; }
    Pix *drawn = drawPieces(even, &typing->pieces[firstPiece], piece - firstPiece, left, top, right, bottom, 12);
    become(&drawn, pixScale(drawn, 1.3f, 1.3f));
    uint8_t *bytes;
    size_t length;
    encode(drawn, &bytes, &length);
    pixDestroy(&drawn);
    int box[4] = {left, top, right, bottom};
    int isDamaged = isAtEdge(page, left, top) || isAtEdge(page, right, top) || isAtEdge(page, left, bottom)
                    || isAtEdge(page, right, bottom) || isIncomplete(typing, firstGlyph, glyph, box)
                    || isBlotted(typing, box);
    printf("word %d %d %d %d %d %d %zu\n", left, top, right, bottom, isDamaged, glyph - firstGlyph, length);
    for (int at = firstGlyph; at < glyph; at++) {
      printf("glyph");
      for (int near = 0; near < neighbours[at].count; near++) {
        printf(" %d %d", neighbours[at].glyphs[near], neighbours[at].likeness[near]);
      }
      printf("\n");
    }
    printBytes(bytes, length);
  }
}

int printPage(const char *file, int number, int quarters, long pixelLimit) {
  Straight page = straighten(file, number, quarters, pixelLimit);
  Pix *even = evened(page.ink), *ink = inkWithoutLines(even);
  Typing typing = findTyping(even, ink, page.isCoarse);
  Neighbours *neighbours = compareGlyphs(even, &typing);
  // Sixteen greys show as much to a person and take half the bytes.
  Pix *shown = pixThresholdTo4bpp(page.grey, 16, 0);
  if (shown == NULL) { return NO_MEMORY; }
  pixSetResolution(shown, PIXELS_PER_INCH, PIXELS_PER_INCH);
  pixSetResolution(even, PIXELS_PER_INCH, PIXELS_PER_INCH);
  uint8_t *shownBytes, *evenBytes;
  size_t shownLength, evenLength;
  encode(shown, &shownBytes, &shownLength);
  encode(even, &evenBytes, &evenLength);
  printf("page %d %d %d %ld %zu %zu %d\n", page.pageCount, pixGetWidth(shown), pixGetHeight(shown),
         lroundf(page.degrees * 1000), shownLength, evenLength, typing.wordCount);
  printBytes(shownBytes, shownLength);
  printBytes(evenBytes, evenLength);
  printTyping(&page, even, &typing, neighbours);
  return fflush(stdout) == 0 ? 0 : UNREADABLE;
}

int printCut(const char *file, int left, int top, int right, int bottom) {
  Pix *pix = pixRead(file);
  if (pix == NULL) { return UNREADABLE; }
  Pix *part = pixClipRectangle(pix, boxCreate(left, top, right - left, bottom - top), NULL);
  if (part == NULL) { return NO_PAGE; }
  uint8_t *bytes;
  size_t length;
  encode(part, &bytes, &length);
  printBytes(bytes, length);
  return fflush(stdout) == 0 ? 0 : UNREADABLE;
}
