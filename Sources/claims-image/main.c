// Reads pictures that nobody vouches for: `claims` starts this program in a sandbox, for one page at a time. It is a program
// of its own so that nothing else is in the process, and is written in C because the library is.
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "leptonica.h"
#include "page.h"
#include "seen.h"

static long numberIn(const char *text, long most) {
  char *end;
  errno = 0;
  long number = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != 0 || number < 0 || number > most) { exit(USAGE); }
  return number;
}

int main(int count, char **words) {
  if (count < 2) { return USAGE; }
  if (openLeptonica() != 0) { return NO_LIBRARY; }
  if (strcmp(words[1], "page") == 0 && count == 6) {
    return printPage(words[2], (int)numberIn(words[3], INT_MAX), (int)numberIn(words[4], 3),
                     numberIn(words[5], LONG_MAX));
  }
  if (strcmp(words[1], "cut") == 0 && count == 7) {
    return printCut(words[2], (int)numberIn(words[3], INT_MAX), (int)numberIn(words[4], INT_MAX),
                    (int)numberIn(words[5], INT_MAX), (int)numberIn(words[6], INT_MAX));
  }
  if (strcmp(words[1], "seen") == 0 && count == 4) { return printSeen(words[2], words[3]); }
  return USAGE;
}
