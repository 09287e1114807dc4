"""Validates files with pyx12, many in one process. Prints a line of JSON for each file, in the order of their names.

    x12verdicts.py FOLDER
"""
import functools
import json
import logging
import os
import sys

import pyx12.map_if
import pyx12.params
import pyx12.x12n_document as document

logging.disable(logging.CRITICAL)
# Reading a map takes a second, and the map is the same for every file.
document.pyx12.map_if.load_map_file = functools.lru_cache(pyx12.map_if.load_map_file)


class Hashable(pyx12.params.params):
    __hash__ = object.__hash__


def main(folder):
    param = Hashable()
    for name in sorted(os.listdir(folder)):
        try:
            accepted = document.x12n_document(
                param=param, src_file=os.path.join(folder, name), fd_997=None, fd_html=None, fd_xmldoc=None)
        except Exception:
            # A file that pyx12 cannot read at all is not accepted.
            accepted = False
        print(json.dumps({"file": name, "accepted": bool(accepted)}), flush=True)


main(sys.argv[1])
