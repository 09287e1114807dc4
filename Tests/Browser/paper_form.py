"""A CMS-1500 of somebody who does not exist, as a PDF with text. Its total is not the sum of its charges."""

TOTAL = "200.00"
# Line, column, text: six lines and ten characters an inch.
TYPING = """
2 41 SAMPLE HEALTH
3 41 9 HARBOR ROAD
4 41 SALEM OR 97301
8 31 X
8 50 W100000001
10 1 SAMPLE, ROBIN
10 31 05 17 1980
10 42 X
10 50 SAMPLE, ROBIN
12 1 1 ORCHARD LANE
12 33 X
14 1 SPRINGFIELD
14 26 IL
16 1 62704
18 50 G100
20 41 X
20 53 05 17 1980
20 68 X
22 41 X
24 41 X
26 57 X
29 7 SIGNATURE ON FILE
29 55 SIGNATURE ON FILE
36 57 X
37 42 0
38 3 Z0000
44 1 03 02 26 03 02 26 11
44 25 G0463
44 45 A
44 52 200 00
44 59 1
44 68 1234567893
56 1 123456789
56 19 X
56 23 PAPER-1
56 38 X
56 54 250 00
58 50 JUNIPER FAMILY PRACTICE
59 50 2 MILL STREET
60 1 SIGNATURE ON FILE
60 50 SPRINGFIELD IL 62704
61 50 1234567893
"""


def pdf():
    typing = []
    for cell in TYPING.strip().splitlines():
        line, column, text = cell.split(" ", 2)
        x, y = 21.6 + (int(column) - 1) * 7.2, 792 - (24 + (int(line) - 1) * 12 + 9.2)
        typing.append(f"BT /F1 12 Tf {x:.1f} {y:.1f} Td ({text}) Tj ET")
    content = "\n".join(typing)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    file, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(file)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    file += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return file.encode()
