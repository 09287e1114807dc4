"""Draws pages of forms into a PDF with text: the artwork of ours, and the typing on it at ten characters an inch."""
import dataclasses

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

import artwork
import grid

# The name of a font that was registered.
HAND = "Hand"
RED = (0.62, 0.16, 0.16)


@dataclasses.dataclass
class Look:
    """How a form is drawn and laid into its printer."""
    artwork: bool = True
    # Turns of the page to the right, in degrees.
    turned: int = 0
    # Where the typing stands beside its place, in points.
    shift: tuple = (0.0, 0.0)
    # The whole page, artwork and typing.
    scale: float = 1.0
    offset: tuple = (0.0, 0.0)
    # Courier, or a font like handwriting where a path is given.
    font: str = "Courier"
    size: float = 12.0


def register(font):
    """Makes a font like handwriting, or any other, the one that forms are filled in with."""
    pdfmetrics.registerFont(TTFont(HAND, str(font)))


def pdf(path, pages, look=Look()):
    """Draws the pages of one or more forms; each page is a pair of the form's kind and what is typed."""
    sheet = canvas.Canvas(str(path), pagesize=(grid.WIDTH, grid.HEIGHT), invariant=1)
    for kind, page in pages:
        wide = look.turned in (90, 270)
        sheet.setPageSize((grid.HEIGHT, grid.WIDTH) if wide else (grid.WIDTH, grid.HEIGHT))
        turn(sheet, look.turned)
        sheet.translate(look.offset[0], grid.HEIGHT - look.offset[1])
        sheet.scale(look.scale, look.scale)
        form = grid.CMS1500 if kind == "cms1500" else grid.UB04
        if look.artwork:
            (draw_cms1500 if kind == "cms1500" else draw_ub04)(sheet, form)
        draw_typing(sheet, form, page, look)
        sheet.showPage()
    sheet.save()


def turn(sheet, degrees):
    if degrees == 90:
        sheet.translate(0, grid.WIDTH)
        sheet.rotate(-90)
    elif degrees == 180:
        sheet.translate(grid.WIDTH, grid.HEIGHT)
        sheet.rotate(180)
    elif degrees == 270:
        sheet.translate(grid.HEIGHT, 0)
        sheet.rotate(90)


def draw_typing(sheet, form, page, look):
    sheet.setFillColorRGB(0, 0, 0)
    for line, column, text in page.cells:
        x, y = form.x(column) + look.shift[0], -(form.y(line) + 9.2 + look.shift[1])
        if look.font == "Courier":
            sheet.setFont("Courier", look.size)
            sheet.drawString(x, y, text)
            continue
        sheet.setFont(look.font, look.size)
        for index, character in enumerate(text):
            sheet.drawString(x + index * grid.PITCH, y, character)


def caption(sheet, form, line, column, text, size=5.0, drop=5.6):
    sheet.setFont("Helvetica", size)
    sheet.drawString(form.x(column), -(form.y(line) + drop), text)


def box(sheet, form, first, last, start, end):
    top, left = form.y(first), form.x(start) - 1.5
    width, height = (end - start + 1) * grid.PITCH, form.y(last + 1) - top
    sheet.rect(left, -(top + height), width, height, stroke=1, fill=0)


def draw_cms1500(sheet, form):
    sheet.setStrokeColorRGB(*RED)
    sheet.setFillColorRGB(*RED)
    sheet.setLineWidth(0.5)
    for line, column, size, text in artwork.CMS1500_TITLE:
        caption(sheet, form, line, column, text, size, 8)
    for first, last, start, end, text in artwork.CMS1500_BOXES:
        box(sheet, form, first, last, start, end)
        caption(sheet, form, first, start, text)
    for line, column, text in artwork.CMS1500_CAPTIONS:
        caption(sheet, form, line, column, text, 5.0, 8.2)
    for row in range(6):
        first = 43 + 2 * row
        for start, end in zip(artwork.CMS1500_COLUMNS, artwork.CMS1500_COLUMNS[1:]):
            box(sheet, form, first, first + 1, start, end - 1)
    for line, columns in grid.CMS1500_MARKS.values():
        for column in columns.values():
            sheet.rect(form.x(column) - 1, -(form.y(line) + 11), 9.2, 10, stroke=1, fill=0)


def draw_ub04(sheet, form):
    sheet.setStrokeColorRGB(*RED)
    sheet.setFillColorRGB(*RED)
    sheet.setLineWidth(0.4)
    for line, column, size, text in artwork.UB04_TITLE:
        caption(sheet, form, line, column, text, size, 8)
    for first, last, start, end, text in artwork.UB04_BOXES:
        box(sheet, form, first, last, start, end)
        caption(sheet, form, first, start, text, 4.4, 6)
    for line, column, text in artwork.UB04_CAPTIONS:
        caption(sheet, form, line, column, text, 4.4, 7.4)
    for row in range(19, 42):
        for start, end in zip(artwork.UB04_COLUMNS, artwork.UB04_COLUMNS[1:]):
            box(sheet, form, row, row, start, end - 1)
    for row in (43, 44, 45, 47, 48, 49, 51, 52, 53, 54, 55):
        box(sheet, form, row, row, 1, 82)
