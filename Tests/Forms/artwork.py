"""Our own drawing of the two forms: rules, boxes and captions where the forms have them. It is not the official artwork,
which belongs to its committees; the captions are the names of the boxes.

A box is first line, last line, first column, last column, caption. A caption beside a box is line, column, text.
"""
import grid

CMS1500_BOXES = [
    (7, 8, 1, 49, "1."), (7, 8, 50, 79, "1a. INSURED'S I.D. NUMBER"),
    (9, 10, 1, 29, "2. PATIENT'S NAME (Last Name, First Name, Middle Initial)"),
    (9, 10, 30, 49, "3. PATIENT'S BIRTH DATE"), (9, 10, 50, 79, "4. INSURED'S NAME (Last Name, First Name, Middle Initial)"),
    (11, 12, 1, 29, "5. PATIENT'S ADDRESS (No., Street)"), (11, 12, 30, 49, "6. PATIENT RELATIONSHIP TO INSURED"),
    (11, 12, 50, 79, "7. INSURED'S ADDRESS (No., Street)"),
    (13, 14, 1, 24, "CITY"), (13, 14, 25, 29, "STATE"), (13, 16, 30, 49, "8. RESERVED FOR NUCC USE"),
    (13, 14, 50, 72, "CITY"), (13, 14, 73, 79, "STATE"),
    (15, 16, 1, 13, "ZIP CODE"), (15, 16, 14, 29, "TELEPHONE (Include Area Code)"), (15, 16, 50, 62, "ZIP CODE"),
    (15, 16, 63, 79, "TELEPHONE (Include Area Code)"),
    (17, 18, 1, 29, "9. OTHER INSURED'S NAME"), (17, 18, 30, 49, "10. IS PATIENT'S CONDITION RELATED TO:"),
    (17, 18, 50, 79, "11. INSURED'S POLICY GROUP OR FECA NUMBER"),
    (19, 20, 1, 29, "a. OTHER INSURED'S POLICY OR GROUP NUMBER"), (19, 20, 30, 49, "a. EMPLOYMENT? (Current or Previous)"),
    (19, 20, 50, 79, "a. INSURED'S DATE OF BIRTH"),
    (21, 22, 1, 29, "b. RESERVED FOR NUCC USE"), (21, 22, 30, 49, "b. AUTO ACCIDENT?"),
    (21, 22, 50, 79, "b. OTHER CLAIM ID (Designated by NUCC)"),
    (23, 24, 1, 29, "c. RESERVED FOR NUCC USE"), (23, 24, 30, 49, "c. OTHER ACCIDENT?"),
    (23, 24, 50, 79, "c. INSURANCE PLAN NAME OR PROGRAM NAME"),
    (25, 26, 1, 29, "d. INSURANCE PLAN NAME OR PROGRAM NAME"), (25, 26, 30, 49, "10d. CLAIM CODES (Designated by NUCC)"),
    (25, 26, 50, 79, "d. IS THERE ANOTHER HEALTH BENEFIT PLAN?"),
    (27, 30, 1, 49, "12. PATIENT'S OR AUTHORIZED PERSON'S SIGNATURE"),
    (27, 30, 50, 79, "13. INSURED'S OR AUTHORIZED PERSON'S SIGNATURE"),
    (31, 32, 1, 29, "14. DATE OF CURRENT ILLNESS, INJURY, OR PREGNANCY (LMP)"), (31, 32, 30, 49, "15. OTHER DATE"),
    (31, 32, 50, 79, "16. DATES PATIENT UNABLE TO WORK IN CURRENT OCCUPATION"),
    (33, 34, 1, 29, "17. NAME OF REFERRING PROVIDER OR OTHER SOURCE"), (33, 34, 30, 49, "17a."),
    (33, 34, 50, 79, "18. HOSPITALIZATION DATES RELATED TO CURRENT SERVICES"),
    (35, 36, 1, 49, "19. ADDITIONAL CLAIM INFORMATION (Designated by NUCC)"), (35, 36, 50, 79, "20. OUTSIDE LAB?"),
    (37, 40, 1, 49, "21. DIAGNOSIS OR NATURE OF ILLNESS OR INJURY"), (37, 38, 50, 79, "22. RESUBMISSION CODE"),
    (39, 40, 50, 79, "23. PRIOR AUTHORIZATION NUMBER"),
    (41, 42, 1, 18, "24. A. DATE(S) OF SERVICE"), (41, 42, 19, 21, "B."), (41, 42, 22, 24, "C."),
    (41, 42, 25, 44, "D. PROCEDURES, SERVICES, OR SUPPLIES"), (41, 42, 45, 49, "E. DIAGNOSIS"),
    (41, 42, 49.7, 57.7, "F."), (41, 42, 58.7, 61.6, "G."), (41, 42, 62.6, 63.9, "H."), (41, 42, 64.9, 66.8, "I."), (41, 42, 67.8, 79, "J."),
    (55, 56, 1, 21, "25. FEDERAL TAX I.D. NUMBER"), (55, 56, 22, 36, "26. PATIENT'S ACCOUNT NO."),
    (55, 56, 37, 49, "27. ACCEPT ASSIGNMENT?"), (55, 56, 49.7, 59.7, "28. TOTAL CHARGE"), (55, 56, 60.7, 69.7, "29. AMOUNT PAID"),
    (55, 56, 70.7, 79, "30. Rsvd for NUCC Use"),
    (57, 61, 1, 21, "31. SIGNATURE OF PHYSICIAN OR SUPPLIER"), (57, 61, 22, 48, "32. SERVICE FACILITY LOCATION INFORMATION"),
    (57, 61, 49, 79, "33. BILLING PROVIDER INFO & PH #"),
]
# Columns at which the rows of services are divided.
CMS1500_COLUMNS = [1, 9.7, 18.7, 21.7, 24.7, 32.7, 44.7, 49.7, 58.7, 62.6, 64.9, 67.8, 80]
# Captions of the marks: line, column right of the mark's box, text; small captions elsewhere.
CMS1500_CAPTIONS = [
    (7, 4, "MEDICARE"), (7, 9, "MEDICAID"), (7, 16, "TRICARE"), (7, 25, "CHAMPVA"), (7, 32, "GROUP HEALTH PLAN"),
    (7, 40, "FECA BLK LUNG"), (7, 46.3, "OTHER"),
    (9, 43, "SEX"), (10, 43.4, "M"), (10, 48.4, "F"), (12, 30.3, "Self"), (12, 34.6, "Spouse"), (12, 39.4, "Child"), (12, 43.4, "Other"),
    (20, 36.4, "YES"), (20, 42.4, "NO"), (22, 36.4, "YES"), (22, 42.4, "NO"), (21, 45, "PLACE (State)"), (24, 36.4, "YES"),
    (24, 42.4, "NO"), (19, 70, "SEX"), (20, 69.4, "M"), (20, 76.4, "F"), (26, 53.4, "YES"), (26, 58.4, "NO"),
    (29, 2, "SIGNED"), (29, 51, "SIGNED"), (32, 13, "QUAL."), (32, 29.6, "QUAL."), (32, 50.4, "FROM"), (32, 65.5, "TO"),
    (34, 30.2, "17b. NPI"), (34, 50.4, "FROM"), (34, 65.5, "TO"), (36, 53.4, "YES"), (36, 58.4, "NO"), (35, 63, "$ CHARGES"),
    (37, 37, "ICD Ind."), (37, 62, "ORIGINAL REF. NO."),
    (42, 2, "From"), (42, 12, "To"), (42, 19, "PLACE"), (42, 22, "EMG"), (42, 25, "CPT/HCPCS"), (42, 34, "MODIFIER"),
    (42, 45, "POINTER"), (42, 51, "$ CHARGES"), (42, 58.2, "UNITS"), (42, 65, "QUAL."), (42, 69, "RENDERING PROVIDER ID. #"),
    (55, 16.6, "SSN EIN"), (56, 39.4, "YES"), (56, 44.4, "NO"), (56, 50.4, "$"), (56, 61.0, "$"),
    (61, 1, "SIGNED"), (61, 14, "DATE"), (61, 22, "a."), (61, 34, "b."), (61, 49, "a."), (61, 62, "b."),
]
CMS1500_CAPTIONS += [(44 + 2 * row, 65.2, "NPI") for row in range(6)]
CMS1500_CAPTIONS += [
    (line, column - 1.6, f"{letter}.") for letter, (line, column) in grid.CMS1500_DIAGNOSES.items()
]
CMS1500_TITLE = [
    (3.2, 1, 11, "HEALTH INSURANCE CLAIM FORM"),
    (4.2, 1, 5, "APPROVED BY NATIONAL UNIFORM CLAIM COMMITTEE (NUCC) 02/12"),
    (62, 1, 5, "NUCC Instruction Manual available at: www.nucc.org"),
    (62, 34, 6, "PLEASE PRINT OR TYPE"), (62, 54, 5, "APPROVED OMB-0938-1197 FORM 1500 (02-12)"),
]

UB04_BOXES = [
    (2, 5, 1, 25.9, "1"), (2, 5, 26.9, 50, "2"), (6, 6, 1, 31, "8 PATIENT NAME"), (6, 6, 32, 82, "9 PATIENT ADDRESS"),
    (7, 7, 1, 31, ""), (7, 7, 32, 82, ""), (18, 18, 1, 82, ""), (42, 42, 1, 67, ""), (46, 46, 1, 82, ""), (50, 50, 1, 82, ""),
    (8, 8, 1, 9, "10 BIRTHDATE"), (8, 8, 10, 12, "11 SEX"), (8, 8, 13, 27, "12 DATE ADMISSION 13 HR 14 TYPE 15 SRC"),
    (8, 8, 28, 30, "16 DHR"), (8, 8, 31, 33, "17 STAT"), (8, 8, 34, 66, "18 19 20 21 CONDITION CODES 26 27 28"),
    (8, 8, 67, 69, "29 ACDT"), (8, 8, 70, 82, "30"),
    (10, 10, 1, 10, "31 OCCURRENCE DATE"), (10, 10, 11, 20, "32 OCCURRENCE DATE"), (10, 10, 21, 30, "33 OCCURRENCE DATE"),
    (10, 10, 31, 40, "34 OCCURRENCE DATE"), (10, 10, 41, 57, "35 OCCURRENCE SPAN FROM THROUGH"),
    (10, 10, 58, 74, "36 OCCURRENCE SPAN FROM THROUGH"), (10, 10, 75, 82, "37"),
    (13, 17, 1, 43, "38"), (13, 13, 44, 56, "39 VALUE CODES AMOUNT"), (13, 13, 57, 69, "40 VALUE CODES AMOUNT"),
    (13, 13, 70, 82, "41 VALUE CODES AMOUNT"),
    (56, 56, 1, 82, ""), (57, 60, 1, 49, ""),
]
UB04_CAPTIONS = [
    (2, 51, "3a PAT."), (3, 51, "b. MED."), (2, 78, "4 TYPE OF BILL"), (4, 51, "5 FED. TAX NO."),
    (4, 61, "6 STATEMENT COVERS PERIOD FROM THROUGH"), (4, 75, "7"), (6, 10.5, "a"), (7, 1, "b"), (6, 41, "a"), (7, 31.2, "b"),
    (7, 64, "c"), (7, 68.2, "d"), (7, 79.2, "e"),
    (18, 1, "42 REV. CD."), (18, 6, "43 DESCRIPTION"), (18, 31, "44 HCPCS / RATE / HIPPS CODE"), (18, 46, "45 SERV. DATE"),
    (18, 53, "46 SERV. UNITS"), (18, 61, "47 TOTAL CHARGES"), (18, 71, "48 NON-COVERED CHARGES"), (18, 81, "49"),
    (41, 6, "PAGE"), (41, 13.5, "OF"), (41, 36, "CREATION DATE"), (41, 53.2, "TOTALS"),
    (42, 1, "50 PAYER NAME"), (42, 24, "51 HEALTH PLAN ID"), (42, 38.6, "52 REL"), (42, 42, "53 ASG"),
    (42, 45.6, "54 PRIOR PAYMENTS"), (42, 54, "55 EST. AMOUNT DUE"), (42, 64.8, "56 NPI"), (43, 65, "57"),
    (46, 1, "58 INSURED'S NAME"), (46, 26.8, "59 P.REL"), (46, 30, "60 INSURED'S UNIQUE ID"), (46, 50, "61 GROUP NAME"),
    (46, 65, "62 INSURANCE GROUP NO."),
    (50, 1, "63 TREATMENT AUTHORIZATION CODES"), (50, 32, "64 DOCUMENT CONTROL NUMBER"), (50, 58, "65 EMPLOYER NAME"),
    (54, 1, "66"), (54, 75, "68"), (56, 1, "69 ADMIT DX"), (56, 13, "70 PATIENT REASON DX"), (56, 38.5, "71 PPS CODE"),
    (56, 47.2, "72 ECI"), (56, 74, "73"),
    (57, 1, "74 PRINCIPAL PROCEDURE CODE DATE"), (57, 16, "a. OTHER PROCEDURE CODE DATE"), (57, 31, "b. OTHER PROCEDURE CODE DATE"),
    (57, 46.6, "75"), (57, 51, "76 ATTENDING"), (57, 58, "NPI"), (57, 70.4, "QUAL"), (58, 51.4, "LAST"), (58, 69.5, "FIRST"),
    (59, 1, "c. OTHER PROCEDURE CODE DATE"), (59, 16, "d. OTHER PROCEDURE CODE DATE"), (59, 31, "e. OTHER PROCEDURE CODE DATE"),
    (59, 51, "77 OPERATING"), (59, 58, "NPI"), (60, 51.4, "LAST"), (60, 69.5, "FIRST"),
    (61, 1, "80 REMARKS"), (61, 25, "81CC"), (61, 51, "78 OTHER"), (61, 58, "NPI"), (62, 51.4, "LAST"), (62, 69.5, "FIRST"),
    (63, 51, "79 OTHER"), (63, 58, "NPI"), (64, 51.4, "LAST"), (64, 69.5, "FIRST"),
]
UB04_CAPTIONS += [(18 + row, 0.1, str(row)) for row in range(1, 24)]
UB04_COLUMNS = [1, 5.7, 30.7, 45.7, 52.8, 60.7, 70.7, 80.7, 83]
UB04_TITLE = [
    (65.2, 1, 6, "UB-04 CMS-1450"), (65.2, 16, 5, "APPROVED OMB NO. 0938-0997"), (65.2, 36, 6, "NUBC"),
    (65.2, 41, 5, "National Uniform Billing Committee"), (65.2, 58, 4, "THE CERTIFICATIONS ON THE REVERSE APPLY TO THIS BILL"),
]
