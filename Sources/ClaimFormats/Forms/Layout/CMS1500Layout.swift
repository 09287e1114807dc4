extension FormLayout {
  /// The CMS-1500 (02/12), by the lines and columns of the 1500 Claim Form Reference Instruction Manual (National Uniform
  /// Claim Committee) and Medicare Claims Processing Manual, chapter 26, section 30.
  static let cms1500 = FormLayout(
    kind: .cms1500, grid: PrintGrid(left: 21.6, top: 24), rows: 6, lineStep: 2,
    table: """
      notice 0 -90 1 text
      carrier.1 2 41 39 text !
      carrier.2 3 41 39 text
      carrier.3 4 41 39 text
      carrier.4 5 41 39 text
      1 8 marks MEDICARE=1 MEDICAID=8 TRICARE=15 CHAMPVA=24 GROUP=31 FECA=39 OTHER=45
      1a 8 50 30 member !
      2 10 1 29 name !
      3 10 31 10 day8 !
      3.sex 10 marks M=42 F=47
      4 10 50 30 name
      5 12 1 29 text
      6 12 marks 18=33 01=38 19=42 G8=47 !
      7 12 50 30 text
      5.city 14 1 24 text
      5.state 14 25 5 state
      7.city 14 50 23 text
      7.state 14 73 7 state
      5.zip 16 1 13 zip
      5.phone 16 14 16 text
      7.zip 16 50 13 zip
      7.phone 16 63 17 text
      9 18 1 29 name
      11 18 50 30 text
      9a 20 1 29 text
      10a 20 marks YES=35 NO=41 !
      11a 20 52 13 day8
      11a.sex 20 marks M=68 F=75
      10b 22 marks YES=35 NO=41 !
      10b.state 22 45 4 state
      11b 22 50 30 text
      10c 24 marks YES=35 NO=41 !
      11c 24 50 30 text
      9d 26 1 29 text
      10d 26 30 20 codes
      11d 26 marks YES=52 NO=57 !
      12 29 7 28 text
      13 29 55 24 signature
      14 32 1 12 day8
      14.qualifier 32 15.5 4 text
      15.qualifier 32 30.7 4 text
      15 32 36 13 day8
      16.from 32 53 12 day8
      16.to 32 67 13 day8
      17a 33 30 20 text
      17.qualifier 34 1 2 code
      17 34 4 26 text
      17b 34 33 17 npi
      18.from 34 53 12 day8
      18.to 34 67 13 day8
      19 36 1 49 text
      20 36 marks YES=52 NO=57
      20.charge 36 62 9 amount
      21.indicator 37 41.5 2 icd !
      21A 38 3 8 diagnosis !
      21B 38 16 8 diagnosis
      21C 38 29 8 diagnosis
      21D 38 42 8 diagnosis
      21E 39 3 8 diagnosis
      21F 39 16 8 diagnosis
      21G 39 29 8 diagnosis
      21H 39 42 8 diagnosis
      21I 40 3 8 diagnosis
      21J 40 16 8 diagnosis
      21K 40 29 8 diagnosis
      21L 40 42 8 diagnosis
      22 38 50 11 frequency
      22.reference 38 62 18 number
      23 40 50 30 number
      24.# 43 1 79 text
      24A.# 44 1 8 day6 !
      24A.#.to 44 10 8 day6
      24B.# 44 19 2 place !
      24C.# 44 22 2 text
      24D.# 44 25 7 procedure !
      24D.#.modifiers 44 33 11 modifiers
      24E.# 44 45 4 pointers !
      24F.# 44 50 8 amount !
      24G.# 44 59 3 units !
      24H.# 44 62.5 2 text
      24J.# 44 68 12 npi
      25 56 1 15 tax !
      25.type 56 marks SSN=17 EIN=19
      26 56 23 14 number !
      27 56 marks YES=38 NO=43
      28 56 51 9 amount !
      29 56 61 9 amount
      31 60 1 21 text
      32.name 58 23 26 text
      32.street 59 23 26 text
      32.city 60 23 26 text
      33.phone 57 65 15 text
      33.name 58 50 30 text !
      33.street 59 50 30 text
      33.city 60 50 30 place-line
      32a 61 23 11 npi
      32b 61 35.5 13 text
      33a 61 50 11 npi !
      33b 61 63.5 16 text
      """,
    captions: """
      4.3 1 APPROVED BY NATIONAL UNIFORM CLAIM COMMITTEE
      7 50 1a INSURED'S I.D. NUMBER
      7 4 MEDICARE
      7 9 MEDICAID
      7 16 TRICARE
      7 25 CHAMPVA
      9 1 2. PATIENT'S NAME
      9 30 3. PATIENT'S BIRTH DATE
      9 50 4. INSURED'S NAME
      11 1 5. PATIENT'S ADDRESS
      11 30 6. PATIENT RELATIONSHIP TO INSURED
      11 50 7. INSURED'S ADDRESS
      13 30 8. RESERVED FOR NUCC USE
      17 1 9. OTHER INSURED'S NAME
      17 30 10. IS PATIENT'S CONDITION RELATED TO
      17 50 11. INSURED'S POLICY GROUP OR FECA NUMBER
      19 1 a. OTHER INSURED'S POLICY OR GROUP NUMBER
      19 30 a. EMPLOYMENT
      19 50 a. INSURED'S DATE OF BIRTH
      21 30 b. AUTO ACCIDENT
      23 30 c. OTHER ACCIDENT
      23 50 c. INSURANCE PLAN NAME OR PROGRAM NAME
      25 1 d. INSURANCE PLAN NAME OR PROGRAM NAME
      25 50 d. IS THERE ANOTHER HEALTH BENEFIT PLAN
      27 1 12. PATIENT'S OR AUTHORIZED PERSON'S SIGNATURE
      27 50 13. INSURED'S OR AUTHORIZED PERSON'S SIGNATURE
      31 1 14. DATE OF CURRENT ILLNESS
      31 50 16. DATES PATIENT UNABLE TO WORK
      33 1 17. NAME OF REFERRING PROVIDER
      33 30 17a.
      33 50 18. HOSPITALIZATION DATES RELATED
      35 1 19. ADDITIONAL CLAIM INFORMATION
      35 50 20. OUTSIDE LAB
      37 1 21. DIAGNOSIS OR NATURE OF ILLNESS
      37 50 22. RESUBMISSION CODE
      37 62 ORIGINAL REF. NO.
      39 50 23. PRIOR AUTHORIZATION NUMBER
      41 1 24. A. DATE(S) OF SERVICE
      41 25 D. PROCEDURES SERVICES OR SUPPLIES
      42 69 RENDERING PROVIDER ID.
      55 1 25. FEDERAL TAX I.D. NUMBER
      55 22 26. PATIENT'S ACCOUNT NO.
      55 37 27. ACCEPT ASSIGNMENT
      55 50 28. TOTAL CHARGE
      55 61 29. AMOUNT PAID
      57 1 31. SIGNATURE OF PHYSICIAN OR SUPPLIER
      57 22 32. SERVICE FACILITY LOCATION INFORMATION
      57 49 33. BILLING PROVIDER INFO
      62 1 NUCC INSTRUCTION MANUAL AVAILABLE
      29 2 SIGNED
      29 51 SIGNED
      32 13 QUAL
      32 29.6 QUAL
      32 50.4 FROM
      32 65.5 TO
      34 30.2 17B NPI
      34 50.4 FROM
      34 65.5 TO
      37 37 ICD IND
      56 50.4 $
      56 61 $
      61 1 SIGNED
      61 14 DATE
      61 22 A
      61 34 B
      61 49 A
      61 62 B
      0 0 SIGNED DATE QUAL NPI 17A 17B 1A 10D YES NO FROM TO M F SELF SPOUSE CHILD OTHER SSN EIN A B C D E F G H I J K L ICD IND $ MM DD YY
      """,
    title: "3.3 1 HEALTH INSURANCE CLAIM FORM")
}
