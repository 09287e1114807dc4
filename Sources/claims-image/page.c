#include "page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leptonica.h"

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
  int found = black != NULL && pixFindSkew(black, &degrees, &confidence) == 0;
  pixDestroy(&even);
  pixDestroy(&black);
  return found && confidence >= 2 && fabsf(degrees) >= 0.02f ? degrees : 0;
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

int printPage(const char *file, int number, int quarters, long pixelLimit) {
  int count = 0;
  double across, down;
  Pix *pix = readPage(file, number, pixelLimit, &count), *grey, *ink;
  factors(pix, &across, &down);
  if (pixGetWidth(pix) * across * pixGetHeight(pix) * down > pixelLimit) { return TOO_LARGE; }
  separate(pix, &grey, &ink);
  pixDestroy(&pix);
  if (fabs(across - 1) > 0.02 || fabs(down - 1) > 0.02) {
    become(&grey, pixScale(grey, (float)across, (float)down));
    become(&ink, pixScale(ink, (float)across, (float)down));
  }
  float skew = skewOf(grey);
  turn(&grey, skew, quarters);
  turn(&ink, skew, quarters);
  // Sixteen greys show as much to a person and take half the bytes.
  become(&grey, pixThresholdTo4bpp(grey, 16, 0));
  pixSetResolution(grey, PIXELS_PER_INCH, PIXELS_PER_INCH);
  pixSetResolution(ink, PIXELS_PER_INCH, PIXELS_PER_INCH);
  uint8_t *shown, *read;
  size_t shownLength, readLength;
  encode(grey, &shown, &shownLength);
  encode(ink, &read, &readLength);
  printf("page %d %d %d %ld %zu %zu\n", count, pixGetWidth(grey), pixGetHeight(grey), lroundf(skew * 1000), shownLength,
         readLength);
  printBytes(shown, shownLength);
  printBytes(read, readLength);
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
