#include "seen.h"

#include <stdio.h>
#include <stdlib.h>

#include "ink.h"
#include "leptonica.h"
#include "page.h"

// How much darker or brighter than its background ink is, of 255: less is not seen by a person either.
enum { CONTRAST = 50 };
// In pixels, at 150 an inch: a character is at least a period. Typing is 9 pixels high and more; the form's own lines are
// longer than any stroke of it.
enum { LEAST_INK = 2, TYPED_WIDTH = 8, LEAST_HEIGHT = 9, MOST_HEIGHT = 32, MOST_WIDTH = 300, LEAST_LINE = 20, LEAST_PIECE = 12, FRAME = 16 };
// How far the place of a word may reach beyond the sheet without any of its ink.
enum { BEYOND = 3 };
enum { MOST_WORDS = 10000, MOST_PRINTED = 500 };

typedef struct {
  int left, top, right, bottom, count;
  // Whether a part of it is beyond the sheet.
  int isCut;
} Word;

static int within(int value, int most) { return value < 0 ? 0 : value > most ? most : value; }

static int readWords(const char *name, Word *words, int width, int height) {
  FILE *file = fopen(name, "r");
  if (file == NULL) { exit(UNREADABLE); }
  int count = 0;
  Word word;
  while (count < MOST_WORDS
         && fscanf(file, "%9d %9d %9d %9d %9d", &word.left, &word.top, &word.right, &word.bottom, &word.count) == 5) {
    if (word.count < 1 || word.left > word.right || word.top > word.bottom) { exit(UNREADABLE); }
    word.isCut = word.left < -BEYOND || word.top < -BEYOND || word.right > width + BEYOND || word.bottom > height + BEYOND;
    word.left = within(word.left, width);
    word.right = within(word.right, width);
    word.top = within(word.top, height);
    word.bottom = within(word.bottom, height);
    words[count++] = word;
  }
  if (!feof(file)) { exit(UNREADABLE); }
  fclose(file);
  return count;
}

// The grey that most of a part has: its background.
static int backgroundOf(Pix *grey, const Word *word) {
  int counts[256] = {0}, most = 0;
  for (int y = word->top; y < word->bottom; y++) {
    uint32_t *row = pixGetData(grey) + (long)y * pixGetWpl(grey);
    for (int x = word->left; x < word->right; x++) { counts[*byteAt(row, x)]++; }
  }
  for (int level = 1; level < 256; level++) { most = counts[level] > counts[most] ? level : most; }
  return most;
}

static int isInk(Pix *grey, int x, int y, int background) {
  return abs(*byteAt(pixGetData(grey) + (long)y * pixGetWpl(grey), x) - background) >= CONTRAST;
}

// How much ink is at each pixel along a word. A line of the form across the whole word is none.
static int *inksAlong(Pix *grey, const Word *word, int length, int isUpright) {
  int background = backgroundOf(grey, word);
  int depth = isUpright ? word->right - word->left : word->bottom - word->top;
  int *inks = calloc((size_t)length + 1, sizeof(int));
  if (inks == NULL) { exit(NO_MEMORY); }
  for (int across = 0; across < depth; across++) {
    for (int pass = 0, found = 0; pass < 2; pass++) {
      if (pass == 1 && word->count > 2 && found * 20 >= length * 19) { break; }
      for (int along = 0; along < length; along++) {
        int x = word->left + (isUpright ? across : along), y = word->top + (isUpright ? along : across);
        if (!isInk(grey, x, y, background)) { continue; }
        found++;
        inks[along] += pass;
      }
    }
  }
  return inks;
}

// Whether each of a word's characters has ink.
static int isSeen(Pix *grey, const Word *word) {
  int width = word->right - word->left, height = word->bottom - word->top;
  // No person reads what is less than 2.5 points high.
  if (word->isCut || width < 1 || height < 5) { return 0; }
  int isUpright = height > width && word->count > 1, length = isUpright ? height : width;
  int *inks = inksAlong(grey, word, length, isUpright);
  // Characters of small print have no places of their own, and no field of a form is printed so small.
  int parts = length >= TYPED_WIDTH * word->count ? word->count : 1, seen = 1;
  for (int part = 0; part < parts && seen; part++) {
    int ink = 0;
    for (int along = length * part / parts; along < length * (part + 1) / parts; along++) { ink += inks[along]; }
    seen = ink >= LEAST_INK * word->count / parts;
  }
  free(inks);
  return seen;
}

// The ink of a page without its lines.
static Pix *inkOf(Pix *grey) {
  Pix *ink = pixThresholdToBinary(grey, 150);
  Pix *across = pixOpenBrick(NULL, ink, LEAST_LINE, 1), *down = pixOpenBrick(NULL, ink, 1, LEAST_LINE);
  Pix *lines = pixOr(NULL, across, down), *wide = pixDilateBrick(NULL, lines, 3, 3), *left = pixSubtract(NULL, ink, wide);
  if (left == NULL) { exit(NO_MEMORY); }
  pixDestroy(&ink);
  pixDestroy(&across);
  pixDestroy(&down);
  pixDestroy(&lines);
  pixDestroy(&wide);
  return left;
}

// Whether nothing is in the middle of a piece that is larger than a character: a box to be marked.
static int isFrame(Pix *ink, const Word *piece) {
  int width = piece->right - piece->left, height = piece->bottom - piece->top;
  if (width < FRAME || height < FRAME) { return 0; }
  for (int y = piece->top + height / 6 + 1; y < piece->bottom - height / 6 - 1; y++) {
    for (int x = piece->left + width / 6 + 1; x < piece->right - width / 6 - 1; x++) {
      if (bitAt(pixGetData(ink) + (long)y * pixGetWpl(ink), x)) { return 0; }
    }
  }
  return 1;
}

static int isInWord(const Word *words, int count, const Word *piece) {
  int x = (piece->left + piece->right) / 2, y = (piece->top + piece->bottom) / 2;
  for (int at = 0; at < count; at++) {
    const Word *word = &words[at];
    if (x >= word->left - 2 && x <= word->right + 2 && y >= word->top - 2 && y <= word->bottom + 2) { return 1; }
  }
  return 0;
}

// The pieces of ink that may be typed and stand in no word, at most so many as are printed.
static int unsaid(Pix *ink, const Word *words, int count, Word *found) {
  Pixa *masks = NULL;
  Boxa *boxes = pixConnComp(ink, &masks, 8);
  if (boxes == NULL) { exit(NO_MEMORY); }
  int made = 0;
  for (int at = 0; at < boxaGetCount(boxes) && made < MOST_PRINTED; at++) {
    int left, top, width, height, pixels = 0;
    boxaGetBoxGeometry(boxes, at, &left, &top, &width, &height);
    if (height < LEAST_HEIGHT || height > MOST_HEIGHT || width > MOST_WIDTH || width < 3) { continue; }
    Word piece = {left, top, left + width, top + height, 1, 0};
    Pix *mask = pixaGetPix(masks, at, 2);
    pixCountPixels(mask, &pixels, NULL);
    pixDestroy(&mask);
    if (pixels >= LEAST_PIECE && !isFrame(ink, &piece) && !isInWord(words, count, &piece)) { found[made++] = piece; }
  }
  return made;
}

int printSeen(const char *picture, const char *name) {
  Pix *pix = pixRead(picture);
  Pix *grey = pix == NULL ? NULL : pixConvertTo8(pix, 0);
  if (grey == NULL) { return UNREADABLE; }
  Word *words = calloc(MOST_WORDS, sizeof(Word)), *pieces = calloc(MOST_PRINTED, sizeof(Word));
  if (words == NULL || pieces == NULL) { return NO_MEMORY; }
  int count = readWords(name, words, pixGetWidth(grey), pixGetHeight(grey));
  int made = unsaid(inkOf(grey), words, count, pieces);
  printf("seen %d %d\n", count, made);
  for (int at = 0; at < count; at++) { printf("word %d\n", isSeen(grey, &words[at])); }
  for (int at = 0; at < made; at++) {
    printf("piece %d %d %d %d\n", pieces[at].left, pieces[at].top, pieces[at].right, pieces[at].bottom);
  }
  return fflush(stdout) == 0 ? 0 : UNREADABLE;
}
