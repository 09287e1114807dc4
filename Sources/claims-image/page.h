#ifndef PAGE_H
#define PAGE_H

// How the program ends. 0 is success; the reader of its output knows the others by these numbers.
enum {
  USAGE = 64,
  // The bytes are no picture, or a damaged one.
  UNREADABLE = 65,
  // The picture has more pixels than the limit.
  TOO_LARGE = 66,
  // The file has no such page.
  NO_PAGE = 67,
  NO_LIBRARY = 69,
  NO_MEMORY = 71,
};

// Every page is brought to this many pixels an inch, in both directions.
#define PIXELS_PER_INCH 300

// Prints a page of a picture file, upright and straight:
//
//     page COUNT WIDTH HEIGHT SKEW LENGTH LENGTH WORDS
//
// COUNT is how many pages the file has, SKEW what was turned to straighten it in thousandths of a degree. Then follow, as
// two PNGs of these LENGTHs, the page in grey and the page with an even background. Then each word that was typed on it:
//
//     word LEFT TOP RIGHT BOTTOM DAMAGED GLYPHS LENGTH
//     glyph NUMBER LIKENESS NUMBER LIKENESS ...
//
// DAMAGED is 1 for a word that may have lost a part. Each of its GLYPHS has a line with those of the page that look like it,
// numbered from 0. Then follows the word as a PNG of this LENGTH.
int printPage(const char *file, int number, int quarters, long pixelLimit);

// Prints the part of a picture between the pixels as a PNG.
int printCut(const char *file, int left, int top, int right, int bottom);

#endif
