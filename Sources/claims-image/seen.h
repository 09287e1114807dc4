#ifndef SEEN_H
#define SEEN_H

// Compares what the text of a page says with what the page shows. The file of words has a line for each: LEFT TOP RIGHT BOTTOM
// in pixels of the picture, and how many CHARACTERS it has. Prints
//
//     seen WORDS PIECES
//
// then `word 1` for each word whose every character has ink, `word 0` for any other, and for each piece of ink that is as
// high as a typed character and stands in no word
//
//     piece LEFT TOP RIGHT BOTTOM
int printSeen(const char *picture, const char *words);

#endif
