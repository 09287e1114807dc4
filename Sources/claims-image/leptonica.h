// The functions of leptonica that this program calls. The library is opened when the program starts, not linked: it comes
// with tesseract, so building needs nothing more. Their forms have not changed since version 1.74.
#ifndef LEPTONICA_H
#define LEPTONICA_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct Pix Pix;
typedef struct Box Box;
typedef struct Boxa Boxa;
typedef struct Pixa Pixa;

#define LEPTONICA_FUNCTIONS(F)                                                                          \
  F(int, setMsgSeverity, (int severity))                                                                \
  F(int, pixReadHeader, (const char *, int *format, int *width, int *height, int *, int *, int *))      \
  F(int, readHeaderTiff, (const char *, int page, int *width, int *height, int *, int *, int *, int *, int *)) \
  F(int, tiffGetCount, (FILE *, int *count))                                                            \
  F(Pix *, pixRead, (const char *))                                                                     \
  F(Pix *, pixReadTiff, (const char *, int page))                                                       \
  F(void, pixDestroy, (Pix **))                                                                         \
  F(int, pixGetWidth, (const Pix *))                                                                    \
  F(int, pixGetHeight, (const Pix *))                                                                   \
  F(int, pixGetDepth, (const Pix *))                                                                    \
  F(int, pixGetSpp, (const Pix *))                                                                      \
  F(int, pixGetXRes, (const Pix *))                                                                     \
  F(int, pixGetYRes, (const Pix *))                                                                     \
  F(int, pixSetResolution, (Pix *, int across, int down))                                               \
  F(Pix *, pixRemoveColormap, (Pix *, int type))                                                        \
  F(Pix *, pixRemoveAlpha, (Pix *))                                                                     \
  F(Pix *, pixConvertTo8, (Pix *, int colormap))                                                        \
  F(Pix *, pixGetRGBComponent, (Pix *, int component))                                                  \
  F(Pix *, pixScale, (Pix *, float across, float down))                                                 \
  F(Pix *, pixRotate, (Pix *, float radians, int type, int fill, int width, int height))                \
  F(Pix *, pixRotateOrth, (Pix *, int quarters))                                                        \
  F(int, pixFindSkewSweepAndSearchScore, (Pix *, float *degrees, float *confidence, float *, int sweepReduction,  \
                                          int searchReduction, float center, float range, float step, float least)) \
  F(Pix *, pixThresholdToBinary, (Pix *, int threshold))                                                \
  F(Pix *, pixThresholdTo4bpp, (Pix *, int levels, int colormap))                                       \
  F(Pix *, pixBackgroundNormSimple, (Pix *, Pix *, Pix *))                                              \
  F(Pix *, pixOpenBrick, (Pix *, Pix *, int width, int height))                                         \
  F(Pix *, pixDilateBrick, (Pix *, Pix *, int width, int height))                                       \
  F(Pix *, pixSubtract, (Pix *, Pix *, Pix *))                                                          \
  F(Pix *, pixOr, (Pix *, Pix *, Pix *))                                                                \
  F(Pix *, pixBlockconv, (Pix *, int across, int down))                                                 \
  F(Pix *, pixCloseBrick, (Pix *, Pix *, int width, int height))                                        \
  F(Pix *, pixCopy, (Pix *, const Pix *))                                                               \
  F(Pix *, pixCreate, (int width, int height, int depth))                                               \
  F(uint32_t *, pixGetData, (Pix *))                                                                    \
  F(int, pixGetWpl, (const Pix *))                                                                      \
  F(int, pixCountPixels, (const Pix *, int *count, int *table))                                         \
  F(Boxa *, pixConnComp, (Pix *, Pixa **, int connectivity))                                            \
  F(int, boxaGetCount, (const Boxa *))                                                                  \
  F(int, boxaGetBoxGeometry, (const Boxa *, int, int *left, int *top, int *width, int *height))         \
  F(Pix *, pixaGetPix, (Pixa *, int, int access))                                                       \
  F(Pix *, pixClipRectangle, (Pix *, Box *, Box **))                                                    \
  F(Box *, boxCreate, (int left, int top, int width, int height))                                       \
  F(int, pixWriteMemPng, (uint8_t **, size_t *, Pix *, float gamma))

#define DECLARE(result, name, parameters) extern result(*name) parameters;
LEPTONICA_FUNCTIONS(DECLARE)
#undef DECLARE

// Opens the library. Returns 0, or -1 when this machine has none that has every function.
int openLeptonica(void);

#endif
