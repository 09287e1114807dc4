#!/usr/bin/env python3
"""Draws paper forms of made-up claims, each file with its truth beside it:

    generate.py FOLDER --seed 7 --count 20                       PDFs with text, one claim each
    generate.py FOLDER --seed 7 --count 20 --scan noise          300 dpi images, worn; --as tiff|png|jpeg|pdf
    generate.py FOLDER --seed 7 --count 5 --together             all claims in one file
    --look shifted|turned|bare|scaled|mixed                      how the form lies in its printer
    --font FILE                                                  typed in another font, such as one like handwriting
    generate.py Fixtures/forms --fixtures                        the small set that the repository keeps

NAME.pdf has NAME.json (each box: what it says; by page) and NAME.837 (the same claims, electronic).
"""
import argparse
import json
import pathlib
import random

import claims
import drawing
import electronic
import printing
import scanning


def look(kind, seed):
    """How the form is drawn: `mixed` goes through all of them."""
    chance = random.Random(f"look {seed}")
    kinds = ["plain", "plain", "shifted", "turned", "bare", "scaled", "offset"]
    if kind == "mixed":
        kind = kinds[seed % len(kinds)]
    if kind == "shifted":
        return drawing.Look(shift=(chance.uniform(-2.4, 2.4), chance.uniform(-4, 4)))
    if kind == "turned":
        return drawing.Look(turned=chance.choice([90, 180, 270]))
    if kind == "bare":
        return drawing.Look(artwork=False, shift=(chance.uniform(-2, 2), chance.uniform(-3, 3)))
    if kind == "scaled":
        scale = chance.uniform(0.93, 0.99)
        return drawing.Look(scale=scale, offset=((1 - scale) * 612 / 2, (1 - scale) * 792 / 2))
    if kind == "offset":
        return drawing.Look(offset=(chance.uniform(-6, 6), chance.uniform(-6, 6)))
    return drawing.Look()


def styled(style, arguments):
    if arguments.font:
        style.font = drawing.HAND
    return style


def make(seed, kind=None):
    """A claim and its pages. Every third is institutional unless a kind is asked for."""
    kind = kind or ("ub04" if seed % 3 == 2 else "cms1500")
    claim = claims.institutional(seed) if kind == "ub04" else claims.professional(seed)
    pages = printing.ub04(claim) if kind == "ub04" else printing.cms1500(claim, gap=seed % 2 == 0)
    return claim, [(kind, page) for page in pages]


def truth(made, style):
    forms = []
    number = 0
    for claim, pages in made:
        form = {"kind": claim["kind"], "pages": [], "fields": {}}
        for _, page in pages:
            number += 1
            form["pages"].append(number)
            for field, value in page.values.items():
                form["fields"].setdefault(field, value)
        # The page numbers of a UB-04 differ from page to page.
        forms.append(form)
    return {"look": style.__dict__, "forms": forms}


def write(folder, name, made, style, arguments):
    path = folder / f"{name}.pdf"
    pages = [page for _, group in made for page in group]
    drawing.pdf(path, pages, style)
    (folder / f"{name}.json").write_text(json.dumps(truth(made, style), indent=1, sort_keys=True) + "\n")
    (folder / f"{name}.837").write_text(electronic.interchange([claim for claim, _ in made]))
    if arguments.scan:
        scan(folder, name, path, arguments)


def scan(folder, name, path, arguments):
    wear = arguments.scan
    seed = arguments.seed
    images = [scanning.worn(image, wear, [seed, index, hash_of(name)], arguments.degrees) for index, image in enumerate(scanning.pictures(path))]
    resolution = (204, 98) if wear == "fax" else (300, 300)
    suffix = {"tiff": ".tif", "png": ".png", "jpeg": ".jpg", "pdf": ".scan.pdf"}[arguments.into or ("tiff" if wear == "fax" or len(images) > 1 else "png")]
    if suffix == ".scan.pdf":
        images[0].save(folder / f"{name}.pdf", save_all=True, append_images=images[1:], resolution=300)
        return
    path.unlink()
    if suffix in (".png", ".jpg") and len(images) > 1:
        suffix = ".tif"
    scanning.save(folder / f"{name}{suffix}", images, resolution)


def hash_of(text):
    return sum(ord(character) * 31 ** index for index, character in enumerate(text)) % 2**31


# The small set that the repository keeps: name, seed, kind, look.
FIXTURES = [
    ("office-visit", 3, "cms1500", drawing.Look()), ("office-visit-shifted", 12, "cms1500", drawing.Look(shift=(2.1, -3.6))),
    ("office-visit-bare", 21, "cms1500", drawing.Look(artwork=False)), ("continued", 6, "cms1500", drawing.Look(turned=90)),
    ("hospital-stay", 5, "ub04", drawing.Look()), ("outpatient-upside-down", 8, "ub04", drawing.Look(turned=180)),
]


def fixtures(folder):
    for name, seed, kind, style in FIXTURES:
        write(folder, name, [make(seed, kind)], style, argparse.Namespace(scan=None))
    write(folder, "mail-of-a-day", [make(seed) for seed in (30, 31, 32)], drawing.Look(), argparse.Namespace(scan=None))
    # The same visit as a fax leaves it.
    write(folder, "office-visit-fax", [make(3, "cms1500")], drawing.Look(), argparse.Namespace(scan="fax", seed=1, degrees=0.4, into=None))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--kind", choices=["cms1500", "ub04"])
    parser.add_argument("--look", default="plain", choices=["plain", "shifted", "turned", "bare", "scaled", "offset", "mixed"])
    parser.add_argument("--font", type=pathlib.Path, help="a TrueType font to type in")
    parser.add_argument("--scan", choices=scanning.WEARS)
    parser.add_argument("--degrees", type=float, help="how far a scan is skewed; left out, a little at random")
    parser.add_argument("--as", dest="into", choices=["tiff", "png", "jpeg", "pdf"])
    parser.add_argument("--fixtures", action="store_true", help="writes the small set that the repository keeps")
    parser.add_argument("--together", action="store_true", help="all claims in one file")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.font:
        drawing.register(arguments.font)
    if arguments.fixtures:
        fixtures(arguments.folder)
        return
    seeds = [arguments.seed * 1000 + index for index in range(arguments.count)]
    if arguments.together:
        write(arguments.folder, f"together-{arguments.seed}", [make(seed, arguments.kind) for seed in seeds], styled(look(arguments.look, arguments.seed), arguments), arguments)
        return
    for seed in seeds:
        made = make(seed, arguments.kind)
        write(arguments.folder, f"{made[0]['kind']}-{seed}", [made], styled(look(arguments.look, seed), arguments), arguments)


if __name__ == "__main__":
    main()
