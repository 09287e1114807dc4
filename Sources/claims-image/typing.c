#include "typing.h"

#include <stdlib.h>

#include "ink.h"
#include "page.h"

// In pixels, at 300 an inch. Typing is 10 to 12 characters an inch, its capitals 24 to 34 pixels high.
enum { LEAST_HEIGHT = 19, MOST_HEIGHT = 60, MOST_WIDTH = 600, LEAST_INK = 50, WORD_GAP = 26 };

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }
static int width(const Piece *piece) { return piece->right - piece->left; }
static int height(const Piece *piece) { return piece->bottom - piece->top; }

static int isCharacter(const Piece *piece, int inkCount) {
  return height(piece) >= LEAST_HEIGHT && height(piece) < MOST_HEIGHT && width(piece) >= 4 && width(piece) < MOST_WIDTH
         && inkCount > LEAST_INK;
}

// Whether a small piece is a mark that belongs to a character beside it: a period, a dash, an apostrophe or a comma, by its
// shape and by how high it is beside the character.
static int isMarkBeside(const Piece *mark, const Piece *character) {
  int w = width(mark), h = height(mark), middle = (mark->top + mark->bottom) / 2;
  if (abs((mark->left + mark->right) / 2 - (character->left + character->right) / 2) > width(character) / 2 + 28) { return 0; }
  if (character->right > mark->left + 10 && character->left < mark->right - 4) { return 0; }
  int tall = height(character), at = middle - character->top;
  if (w >= 4 && w <= 10 && h >= 4 && h <= 10 && abs(mark->bottom - character->bottom) <= 5) { return 1; }
  if (w >= 11 && w <= 30 && h >= 2 && h <= 8 && at * 20 > tall * 7 && at * 5 < tall * 4) { return 1; }
  if (w >= 4 && w <= 10 && h >= 8 && h <= 18 && h > w && abs(mark->top - character->top) <= 4) { return 1; }
  return w >= 5 && w <= 13 && h >= 8 && h <= 18 && mark->bottom >= character->bottom + 2
         && mark->bottom <= character->bottom + 14 && (mark->top - character->top) * 20 > tall * 11;
}

// Whether a small piece lies inside a character: the dot or the bar of a zero that is typed so that it is no O.
static int isInside(const Piece *mark, const Piece *character) {
  return mark->left > character->left + 2 && mark->right < character->right - 2 && mark->top > character->top + 2
         && mark->bottom < character->bottom - 2;
}

static int areOneWord(const Piece *a, const Piece *b) {
  int overlap = least(a->bottom, b->bottom) - most(a->top, b->top);
  return overlap * 2 >= least(height(a), height(b)) && most(a->left, b->left) - least(a->right, b->right) <= WORD_GAP;
}

static void join(Piece *pieces, int count, int from, int to) {
  if (from == to) { return; }
  for (int at = 0; at < count; at++) {
    if (pieces[at].word == from) { pieces[at].word = to; }
  }
}

// The characters of a page, then the small pieces that may be marks; and apart from them what is too large.
static int takePieces(Pix *ink, Piece **all, int *characters, Typing *typing) {
  Pixa *masks = NULL;
  Boxa *boxes = pixConnComp(ink, &masks, 8);
  if (boxes == NULL) { exit(NO_MEMORY); }
  int count = boxaGetCount(boxes), kept = 0;
  Piece *pieces = calloc((size_t)count + 1, sizeof(Piece));
  if (pieces == NULL) { exit(NO_MEMORY); }
  for (int marks = 0; marks < 2; marks++) {
    for (int at = 0; at < count; at++) {
      int left, top, w, h, inkCount = 0;
      boxaGetBoxGeometry(boxes, at, &left, &top, &w, &h);
      // Two pixels of its own are in every mark; most of what a noisy page has is smaller.
      if (!marks && (h >= MOST_HEIGHT || w >= MOST_WIDTH) && typing->blotCount < MOST_BLOTS) {
        typing->blots[typing->blotCount++] = (Piece){left, top, left + w, top + h, pixaGetPix(masks, at, 2), -1};
      }
      if (w < 4 || h < 2 || h >= MOST_HEIGHT || (marks && (w > 30 || h > 18))) { continue; }
      Piece piece = {left, top, left + w, top + h, pixaGetPix(masks, at, 2), -1};
      pixCountPixels(piece.mask, &inkCount, NULL);
      if (isCharacter(&piece, inkCount) == marks || inkCount < 12) {
        pixDestroy(&piece.mask);
        continue;
      }
      piece.word = kept;
      pieces[kept++] = piece;
    }
    if (!marks) { *characters = kept; }
  }
  *all = pieces;
  return kept;
}

static int byWord(const void *a, const void *b) {
  const Piece *one = a, *other = b;
  return one->word != other->word ? (one->word < other->word ? -1 : 1) : one->left - other->left;
}

// Puts characters and their marks into words, numbered from 0, and forgets what belongs to none.
static int formWords(Piece *pieces, int *count, int characters, Piece *strays, int *strayCount) {
  for (int a = 0; a < characters; a++) {
    for (int b = 0; b < a; b++) {
      if (pieces[a].word != pieces[b].word && areOneWord(&pieces[a], &pieces[b])) {
        join(pieces, characters, pieces[a].word, pieces[b].word);
      }
    }
  }
  for (int mark = characters; mark < *count; mark++) {
    pieces[mark].word = -1;
    for (int at = 0; at < characters; at++) {
      if (!isInside(&pieces[mark], &pieces[at]) && !isMarkBeside(&pieces[mark], &pieces[at])) { continue; }
      if (pieces[mark].word >= 0) {
        join(pieces, mark, pieces[at].word, pieces[mark].word);
      } else {
        pieces[mark].word = pieces[at].word;
      }
    }
  }
  qsort(pieces, (size_t)*count, sizeof(Piece), byWord);
  int kept = 0, words = 0, last = -1;
  for (int at = 0; at < *count; at++) {
    if (pieces[at].word < 0) {
      strays[(*strayCount)++] = pieces[at];
      continue;
    }
    if (pieces[at].word != last) {
      last = pieces[at].word;
      words++;
    }
    pieces[kept] = pieces[at];
    pieces[kept++].word = words - 1;
  }
  *count = kept;
  return words;
}

static int byNumber(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

// How bright the darkest pixel of a piece is.
static int darkest(Pix *even, const Piece *piece) {
  int level = 255;
  for (int y = piece->top; y < piece->bottom; y++) {
    const uint32_t *mask = pixGetData(piece->mask) + (long)(y - piece->top) * pixGetWpl(piece->mask);
    uint32_t *row = pixGetData(even) + (long)y * pixGetWpl(even);
    for (int x = piece->left; x < piece->right; x++) {
      if (bitAt(mask, x - piece->left)) { level = least(level, *byteAt(row, x)); }
    }
  }
  return level;
}

// Whether a piece has the shape of a dash, which is thin, so that it is paler than characters where a page is blurred.
static int isFlat(const Piece *piece) { return height(piece) >= 3 && width(piece) >= 2 * height(piece); }

// Forgets the small pieces that are so much paler than the characters that they are no typing: what is left of the form's
// small print and of its lines. A mark, and a part of a broken character, is as dark as the rest.
enum { PALER = 60 };
static void dropPale(Pix *even, Piece *pieces, int *count, int characters) {
  if (characters == 0) { return; }
  int *levels = calloc((size_t)characters, sizeof(int)), kept = characters;
  if (levels == NULL) { exit(NO_MEMORY); }
  for (int at = 0; at < characters; at++) { levels[at] = darkest(even, &pieces[at]); }
  qsort(levels, (size_t)characters, sizeof(int), byNumber);
  int usual = levels[characters / 2];
  free(levels);
  for (int at = characters; at < *count; at++) {
    if (isFlat(&pieces[at]) || darkest(even, &pieces[at]) <= usual + PALER) {
      pieces[kept++] = pieces[at];
    } else {
      pixDestroy(&pieces[at].mask);
    }
  }
  *count = kept;
}

// How far apart characters are, from the middle of one to that of the next: the middle of all. 0 when fewer than four of
// five are about as far apart.
static int pitchOf(const Glyph *glyphs, int count) {
  int *steps = calloc((size_t)count + 1, sizeof(int)), found = 0, regular = 0;
  if (steps == NULL) { exit(NO_MEMORY); }
  for (int at = 1; at < count; at++) {
    const Glyph *one = &glyphs[at - 1], *next = &glyphs[at];
    int step = (next->left + next->right - one->left - one->right) / 2;
    if (one->word == next->word && step >= 18 && step <= 45) { steps[found++] = step; }
  }
  qsort(steps, (size_t)found, sizeof(int), byNumber);
  int pitch = found == 0 ? 0 : steps[found / 2];
  for (int at = 0; at < found; at++) { regular += abs(steps[at] - pitch) <= 5; }
  free(steps);
  return found >= 8 && regular * 5 >= found * 4 ? pitch : 0;
}

// One glyph for each piece, but pieces that stand over one another are one.
static int joinPieces(const Piece *pieces, int count, Glyph *glyphs) {
  int made = 0;
  for (int at = 0; at < count; at++) {
    const Piece *piece = &pieces[at];
    Glyph *last = made > 0 ? &glyphs[made - 1] : NULL;
    int overlap = last == NULL ? 0 : least(last->right, piece->right) - most(last->left, piece->left);
    if (last != NULL && last->word == piece->word
        && overlap * 2 > least(last->right - last->left, piece->right - piece->left)) {
      last->right = most(last->right, piece->right);
      last->top = least(last->top, piece->top);
      last->bottom = most(last->bottom, piece->bottom);
      last->lastPiece = at;
    } else {
      glyphs[made++] = (Glyph){piece->left, piece->top, piece->right, piece->bottom, at, at, piece->word};
    }
  }
  return made;
}

// Typing has a fixed pitch, so a glyph that is too wide is several that touch one another.
static int split(const Glyph *from, int count, int pitch, Glyph *to) {
  int made = 0;
  for (int at = 0; at < count; at++) {
    int wide = from[at].right - from[at].left;
    int parts = pitch > 0 && wide * 4 > pitch * 5 ? (wide + 4 + pitch / 2) / pitch : 1;
    for (int part = 0; part < most(1, parts); part++) {
      to[made] = from[at];
      to[made].left = from[at].left + wide * part / most(1, parts);
      to[made++].right = from[at].left + wide * (part + 1) / most(1, parts);
    }
  }
  return made;
}

Typing findTyping(Pix *even, Pix *ink, int isCoarse) {
  Typing typing = {0};
  int characters = 0;
  typing.blots = calloc(MOST_BLOTS, sizeof(Piece));
  if (typing.blots == NULL) { exit(NO_MEMORY); }
  typing.pieceCount = takePieces(ink, &typing.pieces, &characters, &typing);
  // A page as dense as this is no form.
  if (characters > MOST_PIECES || typing.pieceCount > 20 * MOST_PIECES) { return (Typing){0}; }
  if (!isCoarse) { dropPale(even, typing.pieces, &typing.pieceCount, characters); }
  typing.strays = calloc((size_t)typing.pieceCount + 1, sizeof(Piece));
  if (typing.strays == NULL) { exit(NO_MEMORY); }
  typing.wordCount =
    formWords(typing.pieces, &typing.pieceCount, characters, typing.strays, &typing.strayCount);
  Glyph *joined = calloc((size_t)typing.pieceCount + 1, sizeof(Glyph));
  typing.glyphs = calloc((size_t)typing.pieceCount * (MOST_WIDTH / 18) + 1, sizeof(Glyph));
  if (joined == NULL || typing.glyphs == NULL) { exit(NO_MEMORY); }
  int count = joinPieces(typing.pieces, typing.pieceCount, joined);
  typing.pitch = pitchOf(joined, count);
  typing.glyphCount = split(joined, count, typing.pitch, typing.glyphs);
  free(joined);
  return typing;
}
