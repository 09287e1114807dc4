#include "likeness.h"

#include <math.h>
#include <stdlib.h>

#include "ink.h"
#include "page.h"

// A glyph is compared in a square of 48 by 48 pixels, two by two taken together.
enum { SIDE = 48, CELLS = SIDE / 2, VECTOR = CELLS * CELLS };
enum { LEAST_LIKENESS = 800 };

Pix *drawPieces(Pix *even, const Piece *pieces, int count, int left, int top, int right, int bottom, int margin) {
  int width = right - left + 2 * margin, height = bottom - top + 2 * margin;
  Pix *drawn = pixCreate(width, height, 8);
  if (drawn == NULL) { exit(NO_MEMORY); }
  uint32_t *target = pixGetData(drawn);
  int wide = pixGetWpl(drawn);
  for (long at = 0; at < (long)wide * height; at++) { target[at] = 0xFFFFFFFFu; }
  for (int piece = 0; piece < count; piece++) {
    const Piece *one = &pieces[piece];
    for (int y = 0; y < one->bottom - one->top; y++) {
      const uint32_t *mask = pixGetData(one->mask) + (long)y * pixGetWpl(one->mask);
      for (int x = 0; x < one->right - one->left; x++) {
        if (!bitAt(mask, x)) { continue; }
        // The pixels around belong to the edge of the stroke.
        for (int near = 0; near < 9; near++) {
          int column = one->left + x + near % 3 - 1, row = one->top + y + near / 3 - 1;
          int toX = column - left + margin, toY = row - top + margin;
          if (column < 0 || row < 0 || column >= pixGetWidth(even) || row >= pixGetHeight(even)) { continue; }
          if (toX < 0 || toY < 0 || toX >= width || toY >= height) { continue; }
          *byteAt(target + (long)toY * wide, toX) = *byteAt(pixGetData(even) + (long)row * pixGetWpl(even), column);
        }
      }
    }
  }
  return drawn;
}

// Adds darkness to the four cells around a place.
static void spread(float *vector, float x, float y, float dark) {
  float cellX = x / 2 - 0.25f, cellY = y / 2 - 0.25f;
  int column = (int)floorf(cellX), row = (int)floorf(cellY);
  float right = cellX - (float)column, down = cellY - (float)row;
  for (int part = 0; part < 4; part++) {
    int toX = column + part % 2, toY = row + part / 2;
    if (toX < 0 || toY < 0 || toX >= CELLS || toY >= CELLS) { continue; }
    vector[toY * CELLS + toX] += dark * (part % 2 ? right : 1 - right) * (part / 2 ? down : 1 - down);
  }
}

static void normalize(float *vector) {
  float mean = 0, sum = 0;
  for (int at = 0; at < VECTOR; at++) { mean += vector[at] / VECTOR; }
  for (int at = 0; at < VECTOR; at++) {
    vector[at] -= mean;
    sum += vector[at] * vector[at];
  }
  for (int at = 0; at < VECTOR && sum > 0; at++) { vector[at] /= sqrtf(sum); }
}

// The darkness of a glyph's cells, less their mean, of length 1. The glyph is put with its middle of gravity into the middle,
// to a quarter of a pixel, so that a likeness does not hang on where the edges of its strokes fell.
static void measure(Pix *even, const Typing *typing, const Glyph *glyph, float *vector) {
  int left = (glyph->left + glyph->right - SIDE) / 2, top = (glyph->top + glyph->bottom - SIDE) / 2;
  const Piece *first = &typing->pieces[glyph->firstPiece];
  Pix *drawn = drawPieces(even, first, glyph->lastPiece - glyph->firstPiece + 1, left, top, left + SIDE, top + SIDE, 0);
  float dark[SIDE][SIDE] = {{0}}, total = 0, x0 = 0, y0 = 0;
  for (int y = 0; y < SIDE; y++) {
    uint32_t *row = pixGetData(drawn) + (long)y * pixGetWpl(drawn);
    for (int x = 0; x < SIDE; x++) {
      // Of a piece that was split, only this part.
      if (left + x < glyph->left - 1 || left + x > glyph->right) { continue; }
      dark[y][x] = (float)(255 - *byteAt(row, x));
      total += dark[y][x];
      x0 += dark[y][x] * (float)x;
      y0 += dark[y][x] * (float)y;
    }
  }
  pixDestroy(&drawn);
  for (int at = 0; at < VECTOR; at++) { vector[at] = 0; }
  if (total <= 0) { return; }
  float shiftX = (SIDE - 1) / 2.0f - x0 / total, shiftY = (SIDE - 1) / 2.0f - y0 / total;
  for (int y = 0; y < SIDE; y++) {
    for (int x = 0; x < SIDE; x++) { if (dark[y][x] > 0) { spread(vector, x + shiftX, y + shiftY, dark[y][x]); } }
  }
  normalize(vector);
}

static void note(Neighbours *neighbours, int glyph, int likeness) {
  int at = neighbours->count < MOST_NEIGHBOURS ? neighbours->count++ : MOST_NEIGHBOURS - 1;
  if (at == MOST_NEIGHBOURS - 1 && neighbours->likeness[at] >= likeness) { return; }
  for (; at > 0 && neighbours->likeness[at - 1] < likeness; at--) {
    neighbours->likeness[at] = neighbours->likeness[at - 1];
    neighbours->glyphs[at] = neighbours->glyphs[at - 1];
  }
  neighbours->likeness[at] = likeness;
  neighbours->glyphs[at] = glyph;
}

static int byNumber(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

// Where most of a word's characters end at their feet. A Q among them may go deeper.
static int baseOf(const Glyph *glyphs, int count, int *bottoms) {
  int found = 0;
  for (int at = 0; at < count; at++) {
    if (glyphs[at].bottom - glyphs[at].top >= 19) { bottoms[found++] = glyphs[at].bottom; }
  }
  qsort(bottoms, (size_t)found, sizeof(int), byNumber);
  return found == 0 ? 0 : bottoms[found / 2];
}

// How far below the line of its word a glyph goes.
static int *dropsOf(const Typing *typing) {
  int *drops = calloc((size_t)typing->glyphCount + 1, sizeof(int));
  int *bottoms = calloc((size_t)typing->glyphCount + 1, sizeof(int));
  if (drops == NULL || bottoms == NULL) { exit(NO_MEMORY); }
  for (int start = 0, end; start < typing->glyphCount; start = end) {
    for (end = start; end < typing->glyphCount && typing->glyphs[end].word == typing->glyphs[start].word;) { end++; }
    int base = baseOf(&typing->glyphs[start], end - start, bottoms);
    for (int at = start; at < end; at++) { drops[at] = typing->glyphs[at].bottom - base; }
  }
  free(bottoms);
  return drops;
}

static int alikeInSize(const Glyph *a, const Glyph *b, int dropA, int dropB) {
  return abs((a->right - a->left) - (b->right - b->left)) <= 4 && abs((a->bottom - a->top) - (b->bottom - b->top)) <= 4
         && abs(dropA - dropB) <= 6;
}

Neighbours *compareGlyphs(Pix *even, const Typing *typing) {
  int count = typing->glyphCount;
  float *vectors = calloc((size_t)count * VECTOR + 1, sizeof(float));
  Neighbours *all = calloc((size_t)count + 1, sizeof(Neighbours));
  int *drops = dropsOf(typing);
  if (vectors == NULL || all == NULL) { exit(NO_MEMORY); }
  for (int at = 0; at < count; at++) { measure(even, typing, &typing->glyphs[at], vectors + (long)at * VECTOR); }
  for (int a = 1; a < count; a++) {
    for (int b = 0; b < a; b++) {
      if (!alikeInSize(&typing->glyphs[a], &typing->glyphs[b], drops[a], drops[b])) { continue; }
      const float *one = vectors + (long)a * VECTOR, *other = vectors + (long)b * VECTOR;
      float product = 0;
      for (int at = 0; at < VECTOR; at++) { product += one[at] * other[at]; }
      int likeness = (int)(product * 1000);
      if (likeness < LEAST_LIKENESS) { continue; }
      note(&all[a], b, likeness);
      note(&all[b], a, likeness);
    }
  }
  free(vectors);
  free(drops);
  return all;
}
