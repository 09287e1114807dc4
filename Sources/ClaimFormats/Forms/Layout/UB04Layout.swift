extension FormLayout {
  /// The UB-04 (CMS-1450), by the form locators of the Official UB-04 Data Specifications Manual (National Uniform Billing
  /// Committee) and Medicare Claims Processing Manual, chapter 25, section 75.
  static let ub04 = FormLayout(
    kind: .ub04, grid: PrintGrid(left: 9.8, top: 0), rows: 22, lineStep: 1,
    table: """
      notice 0 -90 1 text
      FL1.1 2 2 25 text !
      FL1.2 3 2 25 text
      FL1.3 4 2 25 text
      FL1.4 5 2 25 text
      FL2.1 2 27 24 text
      FL2.2 3 27 24 text
      FL2.3 4 27 24 text
      FL2.4 5 27 23 text
      FL3a 2 54 23 number !
      FL3b 3 54 23 text
      FL4 3 77.5 5 bill !
      FL5 5 51 10 tax !
      FL6.from 5 61 7 day6 !
      FL6.through 5 68 7 day6 !
      FL8a 6 12 19 text
      FL8b 7 2 29 name !
      FL9a 6 42 40 text
      FL9b 7 32 32 text
      FL9c 7 65 3 state
      FL9d 7 69 10 zip
      FL9e 7 80 3 text
      FL10 9 1 9 day8 !
      FL11 9 10 3 sex
      FL12 9 13 6 day6
      FL13 9 19 3 code
      FL14 9 22 3 sign
      FL15 9 25 3 sign
      FL16 9 28 3 code
      FL17 9 31 3 code
      FL18 9 34 3 code
      FL19 9 37 3 code
      FL20 9 40 3 code
      FL21 9 43 3 code
      FL22 9 46 3 code
      FL23 9 49 3 code
      FL24 9 52 3 code
      FL25 9 55 3 code
      FL26 9 58 3 code
      FL27 9 61 3 code
      FL28 9 64 3 code
      FL29 9 67 3 state
      FL31a 11 1 3 code
      FL31a.date 11 4 7 day6
      FL32a 11 11 3 code
      FL32a.date 11 14 7 day6
      FL33a 11 21 3 code
      FL33a.date 11 24 7 day6
      FL34a 11 31 3 code
      FL34a.date 11 34 7 day6
      FL35a 11 41 3 code
      FL35a.from 11 44 7 day6
      FL35a.through 11 51 7 day6
      FL36a 11 58 3 code
      FL36a.from 11 61 7 day6
      FL36a.through 11 68 7 day6
      FL31b 12 1 3 code
      FL31b.date 12 4 7 day6
      FL32b 12 11 3 code
      FL32b.date 12 14 7 day6
      FL33b 12 21 3 code
      FL33b.date 12 24 7 day6
      FL34b 12 31 3 code
      FL34b.date 12 34 7 day6
      FL35b 12 41 3 code
      FL35b.from 12 44 7 day6
      FL35b.through 12 51 7 day6
      FL36b 12 58 3 code
      FL36b.from 12 61 7 day6
      FL36b.through 12 68 7 day6
      FL37a 11 75 8 text
      FL37b 12 75 8 text
      FL38.1 13 2 41 text
      FL38.2 14 2 41 text
      FL38.3 15 2 41 text
      FL38.4 16 2 41 text
      FL38.5 17 2 41 text
      FL39a 14 44 3 code
      FL39a.amount 14 47 9 amount
      FL40a 14 57 3 code
      FL40a.amount 14 60 9 amount
      FL41a 14 70 3 code
      FL41a.amount 14 73 9 amount
      FL39b 15 44 3 code
      FL39b.amount 15 47 9 amount
      FL40b 15 57 3 code
      FL40b.amount 15 60 9 amount
      FL41b 15 70 3 code
      FL41b.amount 15 73 9 amount
      FL39c 16 44 3 code
      FL39c.amount 16 47 9 amount
      FL40c 16 57 3 code
      FL40c.amount 16 60 9 amount
      FL41c 16 70 3 code
      FL41c.amount 16 73 9 amount
      FL39d 17 44 3 code
      FL39d.amount 17 47 9 amount
      FL40d 17 57 3 code
      FL40d.amount 17 60 9 amount
      FL41d 17 70 3 code
      FL41d.amount 17 73 9 amount
      FL42.# 19 1 4.6 revenue !
      FL43.# 19 6 24.5 text
      FL44.# 19 31 14.6 service
      FL45.# 19 46 6.7 day6
      FL46.# 19 53 7 units !
      FL47.# 19 61 9 amount !
      FL48.# 19 71 9 amount
      FL49.# 19 81 2 text
      FL42.total 41 1 4.6 revenue
      FL43.page 41 10 3 count
      FL43.of 41 16 3 count
      FL45.created 41 46 6.7 day6
      FL47.total 41 61 9 amount !
      FL48.total 41 71 9 amount
      FL56 42 68 11 npi !
      FL50A 43 1 23 text !
      FL51A 43 24 15 text
      FL52A 43 39 2 yes-no
      FL53A 43 42 2 yes-no
      FL54A 43 44 9 amount
      FL55A 43 54 10 amount
      FL57A 43 68 15 text
      FL50B 44 1 23 text
      FL51B 44 24 15 text
      FL52B 44 39 2 yes-no
      FL53B 44 42 2 yes-no
      FL54B 44 44 9 amount
      FL55B 44 54 10 amount
      FL57B 44 68 15 text
      FL50C 45 1 23 text
      FL51C 45 24 15 text
      FL52C 45 39 2 yes-no
      FL53C 45 42 2 yes-no
      FL54C 45 44 9 amount
      FL55C 45 54 10 amount
      FL57C 45 68 15 text
      FL58A 47 1 26 name !
      FL59A 47 27 3 relation !
      FL60A 47 30 20 member !
      FL61A 47 50 15 text
      FL62A 47 65 18 text
      FL58B 48 1 26 name
      FL59B 48 27 3 relation
      FL60B 48 30 20 member
      FL61B 48 50 15 text
      FL62B 48 65 18 text
      FL58C 49 1 26 name
      FL59C 49 27 3 relation
      FL60C 49 30 20 member
      FL61C 49 50 15 text
      FL62C 49 65 18 text
      FL63A 51 1 31 number
      FL64A 51 32 26 number
      FL65A 51 58 25 text
      FL63B 52 1 31 number
      FL64B 52 32 26 number
      FL65B 52 58 25 text
      FL63C 53 1 31 number
      FL64C 53 32 26 number
      FL65C 53 58 25 text
      FL67 54 2 7 diagnosis !
      FL67.poa 54 9 1 present
      FL67A 54 10 7 diagnosis
      FL67A.poa 54 17 1 present
      FL67B 54 18 7 diagnosis
      FL67B.poa 54 25 1 present
      FL67C 54 26 7 diagnosis
      FL67C.poa 54 33 1 present
      FL67D 54 34 7 diagnosis
      FL67D.poa 54 41 1 present
      FL67E 54 42 7 diagnosis
      FL67E.poa 54 49 1 present
      FL67F 54 50 7 diagnosis
      FL67F.poa 54 57 1 present
      FL67G 54 58 7 diagnosis
      FL67G.poa 54 65 1 present
      FL67H 54 66 7 diagnosis
      FL67H.poa 54 73 1 present
      FL66 55 1 1 icd !
      FL67I 55 2 7 diagnosis
      FL67I.poa 55 9 1 present
      FL67J 55 10 7 diagnosis
      FL67J.poa 55 17 1 present
      FL67K 55 18 7 diagnosis
      FL67K.poa 55 25 1 present
      FL67L 55 26 7 diagnosis
      FL67L.poa 55 33 1 present
      FL67M 55 34 7 diagnosis
      FL67M.poa 55 41 1 present
      FL67N 55 42 7 diagnosis
      FL67N.poa 55 49 1 present
      FL67O 55 50 7 diagnosis
      FL67O.poa 55 57 1 present
      FL67P 55 58 7 diagnosis
      FL67P.poa 55 65 1 present
      FL67Q 55 66 7 diagnosis
      FL67Q.poa 55 73 1 present
      FL69 56 5 8 diagnosis
      FL70a 56 17.5 7 diagnosis
      FL70b 56 24.5 7 diagnosis
      FL70c 56 31.5 7 diagnosis
      FL71 56 42 5 text
      FL72a 56 49 7 diagnosis
      FL72b 56 57 7 diagnosis
      FL72c 56 65 7 diagnosis
      FL76 57 60 11 npi
      FL76.other 57 72 11 text
      FL74 58 1 8 text
      FL74.date 58 9 7 day6
      FL74a 58 16 8 text
      FL74a.date 58 24 7 day6
      FL74b 58 31 8 text
      FL74b.date 58 39 7 day6
      FL76.last 58 54 16 text
      FL76.first 58 72 11 text
      FL77 59 60 11 npi
      FL77.other 59 72 11 text
      FL74c 60 1 8 text
      FL74c.date 60 9 7 day6
      FL74d 60 16 8 text
      FL74d.date 60 24 7 day6
      FL74e 60 31 8 text
      FL74e.date 60 39 7 day6
      FL77.last 60 54 16 text
      FL77.first 60 72 11 text
      FL80.1 61 6 19 text
      FL80.2 62 1 25 text
      FL80.3 63 1 25 text
      FL80.4 64 1 25 text
      FL81a 61 27 24 text
      FL81b 62 27 24 text
      FL81c 63 27 24 text
      FL81d 64 27 24 text
      FL78.type 61 56 2 code
      FL78 61 60 11 npi
      FL78.other 61 72 11 text
      FL78.last 62 54 16 text
      FL78.first 62 72 11 text
      FL79.type 63 56 2 code
      FL79 63 60 11 npi
      FL79.other 63 72 11 text
      FL79.last 64 54 16 text
      FL79.first 64 72 11 text
      """,
    captions: """
      2 78 4 TYPE OF BILL
      4 51 5 FED. TAX NO.
      4 61 6 STATEMENT COVERS PERIOD
      6 1 8 PATIENT NAME
      6 32 9 PATIENT ADDRESS
      8 1 10 BIRTHDATE
      8 10 11 SEX
      8 34 18 19 20 21 CONDITION CODES
      8 67 29 ACDT
      10 1 31 OCCURRENCE
      10 11 32 OCCURRENCE
      10 21 33 OCCURRENCE
      10 31 34 OCCURRENCE
      10 41 35 OCCURRENCE SPAN
      10 58 36 OCCURRENCE SPAN
      13 44 39 VALUE CODES
      13 57 40 VALUE CODES
      13 70 41 VALUE CODES
      18 1 42 REV. CD.
      18 6 43 DESCRIPTION
      18 31 44 HCPCS
      18 46 45 SERV. DATE
      18 53 46 SERV. UNITS
      18 61 47 TOTAL CHARGES
      18 71 48 NON-COVERED CHARGES
      41 36 CREATION DATE
      41 53.2 TOTALS
      42 1 50 PAYER NAME
      42 24 51 HEALTH PLAN ID
      42 45.6 54 PRIOR PAYMENTS
      42 54 55 EST. AMOUNT DUE
      46 1 58 INSURED'S NAME
      46 26.8 59 P.REL
      46 30 60 INSURED'S UNIQUE ID
      46 50 61 GROUP NAME
      46 65 62 INSURANCE GROUP NO.
      50 1 63 TREATMENT AUTHORIZATION CODES
      50 32 64 DOCUMENT CONTROL NUMBER
      50 58 65 EMPLOYER NAME
      56 13 70 PATIENT REASON DX
      57 1 74 PRINCIPAL PROCEDURE
      57 51 76 ATTENDING
      59 51 77 OPERATING
      61 1 80 REMARKS
      61 51 78 OTHER
      63 51 79 OTHER
      65.2 1 UB-04 CMS-1450
      2 50.5 3A PAT CNTL
      3 50.5 B MED REC
      41 6 PAGE
      41 13.5 OF
      54 1 66
      56 1 69 ADMIT DX
      56 38.5 71 PPS CODE
      56 47.2 72 ECI
      57 58 NPI
      57 70.4 QUAL
      58 51.4 LAST
      58 69.5 FIRST
      59 58 NPI
      59 70.4 QUAL
      60 51.4 LAST
      60 69.5 FIRST
      61 25 81CC
      61 58 NPI
      61 70.4 QUAL
      62 51.4 LAST
      62 69.5 FIRST
      63 58 NPI
      63 70.4 QUAL
      64 51.4 LAST
      64 69.5 FIRST
      0 0 1 2 3A 3B PAT CNTL MED REC 7 12 13 14 15 16 17 DATE ADMISSION HR TYPE SRC DHR STAT CODE AMOUNT FROM THROUGH
      0 0 A B C D E PAGE OF 49 52 53 REL INFO ASG BEN 56 57 NPI QUAL LAST FIRST 66 67 68 69 DX ADMIT 71 PPS 72 ECI 73 75 81CC 30 37 38 49 68 I J K L M N O P Q F G H
      """ + (1...23).map { "\n\(18 + $0) 0 \($0)" }.joined())
}
