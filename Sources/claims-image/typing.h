#ifndef TYPING_H
#define TYPING_H

#include "leptonica.h"

// A connected piece of ink.
typedef struct {
  int left, top, right, bottom;
  // Which pixels of the rectangle are ink; NULL when the piece is none of typing.
  Pix *mask;
  // The word that it belongs to; -1 for none.
  int word;
} Piece;

// A character: one piece or several, or a part of a piece when characters touch.
typedef struct {
  int left, top, right, bottom;
  int firstPiece, lastPiece;
  int word;
} Glyph;

typedef struct {
  // Sorted by word, and in a word from left to right.
  Piece *pieces;
  int pieceCount;
  // In the same order.
  Glyph *glyphs;
  int glyphCount;
  int wordCount;
  // How far apart characters are, in pixels; 0 when they are set in a font without a fixed pitch.
  int pitch;
  // Small pieces that belong to no word.
  Piece *strays;
  int strayCount;
  // Pieces that are too large to be typed, such as a stamp.
  Piece *blots;
  int blotCount;
} Typing;

// Finds what was typed, on an even page and its ink: pieces as high as typed characters, with the marks beside them, in
// words. What is smaller is the form's own small print, and noise. On a coarse page, such as a fax, how dark a small piece is
// does not tell what it is.
Typing findTyping(Pix *even, Pix *ink, int isCoarse);

// A page with more pieces is no form.
enum { MOST_PIECES = 6000, MOST_BLOTS = 2000 };

#endif
