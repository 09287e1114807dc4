"""Where the forms are printed: by line and column, at six lines and ten characters an inch.

The positions are those of the print specifications: the CMS-1500 (02/12) of the National Uniform Claim Committee, the
UB-04 of the National Uniform Billing Committee. They are written here a second time on purpose: the reader has its own
table, so that a slip in one of them shows as a field read wrong.
"""

WIDTH, HEIGHT = 612, 792
PITCH, LINE = 7.2, 12.0


class Grid:
    def __init__(self, left, top):
        self.left, self.top = left, top

    def x(self, column):
        """The left edge of a column, counted from one, in points from the left."""
        return self.left + PITCH * (column - 1)

    def y(self, line):
        """The top of a line, counted from one, in points from the top."""
        return self.top + LINE * (line - 1)


CMS1500 = Grid(21.6, 24.0)
UB04 = Grid(9.8, 0.0)

# Line, column. Boxes with several parts have one position each.
CMS1500_PRINT = {
    "carrier.1": (2, 41), "carrier.2": (3, 41), "carrier.3": (4, 41), "carrier.4": (5, 41),
    "1a": (8, 50), "2": (10, 1), "4": (10, 50), "5": (12, 1), "7": (12, 50),
    "5.city": (14, 1), "5.state": (14, 26), "7.city": (14, 50), "7.state": (14, 74),
    "5.zip": (16, 1), "7.zip": (16, 50),
    "9": (18, 1), "11": (18, 50), "9a": (20, 1), "10b.state": (22, 45), "11c": (24, 50), "9d": (26, 1),
    "10d": (26, 30), "12": (29, 7), "13": (29, 55), "15.qualifier": (32, 31), "14.qualifier": (32, 16),
    "17.qualifier": (34, 1), "17": (34, 4), "17b": (34, 33), "19": (36, 1), "21.indicator": (37, 42),
    "22": (38, 50), "22.reference": (38, 62), "23": (40, 50), "25": (56, 1), "26": (56, 23),
    "31": (60, 1), "32.name": (58, 23), "32.street": (59, 23), "32.city": (60, 23), "32a": (61, 23),
    "33.name": (58, 50), "33.street": (59, 50), "33.city": (60, 50), "33a": (61, 50),
}
CMS1500_MARKS = {
    "1": (8, {"MEDICARE": 1, "MEDICAID": 8, "TRICARE": 15, "CHAMPVA": 24, "GROUP": 31, "FECA": 39, "OTHER": 45}),
    "3.sex": (10, {"M": 42, "F": 47}),
    "6": (12, {"18": 33, "01": 38, "19": 42, "G8": 47}),
    "10a": (20, {"YES": 35, "NO": 41}), "10b": (22, {"YES": 35, "NO": 41}), "10c": (24, {"YES": 35, "NO": 41}),
    "11a.sex": (20, {"M": 68, "F": 75}), "11d": (26, {"YES": 52, "NO": 57}), "20": (36, {"YES": 52, "NO": 57}),
    "25.type": (56, {"SSN": 17, "EIN": 19}), "27": (56, {"YES": 38, "NO": 43}),
}
# Month, day, four-digit year.
CMS1500_DATES = {
    "3": (10, 31, 34, 37), "11a": (20, 53, 56, 59), "14": (32, 2, 5, 8), "15": (32, 37, 40, 43),
    "18.from": (34, 54, 57, 60), "18.to": (34, 68, 71, 74),
}
CMS1500_DIAGNOSES = {letter: (38 + index // 4, 3 + 13 * (index % 4)) for index, letter in enumerate("ABCDEFGHIJKL")}
CMS1500_LINE = {
    "24A": (1, 4, 7), "24A.to": (10, 13, 16), "24B": 19, "24C": 22, "24D": 25, "24D.modifiers": (33, 36, 39, 42),
    "24E": 45, "24G": 59, "24H": 63, "24J": 68,
}
# The last column of the dollars and of the cents.
CMS1500_AMOUNTS = {"24F": (55, 57), "28": (57, 59), "29": (67, 69), "20.charge": (68, 70)}


def cms1500_service_line(row):
    """The line on which the row, counted from one, is printed; the line above it is shaded."""
    return 42 + 2 * row


UB04_PRINT = {
    "FL1.1": (2, 2), "FL1.2": (3, 2), "FL1.3": (4, 2), "FL1.4": (5, 2), "FL2.1": (2, 27), "FL3a": (2, 54),
    "FL3b": (3, 54), "FL4": (3, 78), "FL5": (5, 51), "FL6.from": (5, 61), "FL6.through": (5, 68), "FL8a": (6, 12),
    "FL8b": (7, 2), "FL9a": (6, 42), "FL9b": (7, 32), "FL9c": (7, 65), "FL9d": (7, 69), "FL10": (9, 2),
    "FL11": (9, 11), "FL12": (9, 13), "FL13": (9, 20), "FL14": (9, 23), "FL15": (9, 26), "FL16": (9, 29),
    "FL17": (9, 32), "FL29": (9, 68), "FL56": (42, 68), "FL66": (55, 1), "FL69": (56, 5), "FL76": (57, 60),
    "FL76.last": (58, 54), "FL76.first": (58, 72), "FL78.type": (61, 56), "FL78": (61, 60), "FL78.last": (62, 54),
    "FL78.first": (62, 72), "FL43.page": (41, 10), "FL43.of": (41, 16), "FL42.total": (41, 1), "FL45.created": (41, 46),
}
UB04_PRINT.update({f"FL{18 + index}": (9, 35 + 3 * index) for index in range(11)})
UB04_OCCURRENCES = {f"FL{31 + index}": (1 + 10 * index, 4 + 10 * index) for index in range(4)}
UB04_SPANS = {"FL35": (41, 44, 51), "FL36": (58, 61, 68)}
UB04_VALUES = {"FL39": (44, 53, 55), "FL40": (57, 66, 68), "FL41": (70, 79, 81)}
UB04_DIAGNOSES = {}
for index, letter in enumerate(" ABCDEFGH"):
    UB04_DIAGNOSES[letter.strip()] = (54, 2 + 8 * index)
for index, letter in enumerate("IJKLMNOPQ"):
    UB04_DIAGNOSES[letter] = (55, 2 + 8 * index)
UB04_LINE = {"FL42": 1, "FL43": 6, "FL44": 31, "FL45": 46}
# The last column of the units; of the dollars and the cents.
UB04_UNITS = 59
UB04_AMOUNTS = {"FL47": (67, 69), "FL48": (77, 79)}
UB04_PAYER = {"FL50": 1, "FL51": 24, "FL52": 39, "FL53": 42}
UB04_PAYMENTS = {"FL54": (50, 52), "FL55": (61, 63)}
UB04_INSURED = {"FL58": 1, "FL59": 27, "FL60": 30, "FL61": 50, "FL62": 65}
UB04_CONTROL = {"FL63": 1, "FL64": 32, "FL65": 58}


def ub04_service_line(row):
    return 18 + row
