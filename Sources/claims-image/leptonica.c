#include "leptonica.h"

#include <dlfcn.h>

#define DEFINE(result, name, parameters) result(*name) parameters;
LEPTONICA_FUNCTIONS(DEFINE)
#undef DEFINE

int openLeptonica(void) {
  // Debian 12 has the first, Debian 13 the second; Homebrew the third.
  const char *names[] = {"liblept.so.5", "libleptonica.so.6", "libleptonica.6.dylib"};
  void *library = NULL;
  for (size_t at = 0; at < sizeof names / sizeof *names && library == NULL; at++) {
    library = dlopen(names[at], RTLD_NOW | RTLD_LOCAL);
  }
  if (library == NULL) { return -1; }
#define LOAD(result, name, parameters)                 \
  *(void **)&name = dlsym(library, #name);             \
  if (name == NULL) { return -1; }
  LEPTONICA_FUNCTIONS(LOAD)
#undef LOAD
  // Messages quote the file; nobody is to read them.
  setMsgSeverity(6);
  return 0;
}
