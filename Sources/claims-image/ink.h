#ifndef INK_H
#define INK_H

#include "leptonica.h"

// The page with an even white background and black ink, and with less noise.
Pix *evened(Pix *grey);

// Where ink is, with one bit a pixel, without the lines of the form. What a line crosses stays whole.
Pix *inkWithoutLines(Pix *even);

// A pixel of a picture of 8 bits, 255 for white.
static inline uint8_t *byteAt(uint32_t *row, int column) { return (uint8_t *)row + (column ^ 3); }

// A pixel of a picture of 1 bit, 1 for black.
static inline int bitAt(const uint32_t *row, int column) { return (row[column >> 5] >> (31 - (column & 31))) & 1; }

static inline void setBit(uint32_t *row, int column) { row[column >> 5] |= 0x80000000u >> (column & 31); }

#endif
