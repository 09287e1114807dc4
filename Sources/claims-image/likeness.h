#ifndef LIKENESS_H
#define LIKENESS_H

#include "typing.h"

enum { MOST_NEIGHBOURS = 24 };

// The glyphs of the same page that look most like one, from the most like to the least.
typedef struct {
  int count;
  int glyphs[MOST_NEIGHBOURS];
  // From 0 to 1000, which is the same.
  int likeness[MOST_NEIGHBOURS];
} Neighbours;

// Compares all glyphs of a page with one another. A page is typed on one machine, so one character looks the same wherever
// it stands: what was recognized at one place can be held against all others.
Neighbours *compareGlyphs(Pix *even, const Typing *typing);

// Draws pieces as they are on the page, with nothing of what is around them, and with a margin. The picture has 8 bits.
Pix *drawPieces(Pix *even, const Piece *pieces, int count, int left, int top, int right, int bottom, int margin);

#endif
