extension ImplementationGuide {
  /// Health Care Eligibility Benefit Inquiry (005010X279A1).
  static let inquiry = GuideTable.guide(
    "005010X279A1", deciding: .inquiries,
    """
    shape entity S:AN1-60 S:AN1-35 S:AN1-25 - S:AN1-10
    shape street R:AN1-55 S:AN1-55
    shape city S:AN2-30 S:ID2 S:ID3-15 S:ID2-3 2*- S:ID1-3
    shape specialty R:ID1-3=AD,AT,BI,CO,CV,H,HH,LA,OT,P1,P2,PC,PE,R,RF,SB,SK,SU S:ID2-3=9K,D3,EI,HPI,PXC,SY,TJ \
    S:AN1-50 ; P0203
    shape born S:ID2-3=D8 S:AN1-35^1 S:ID1=F,M ; P0102
    shape diagnoses R(R:ID1-3=ABK,BK R:AN1-30) 7*S(R:ID1-3=ABF,BF R:AN1-30)
    shape asked S:ID1-2x99 S(R:ID2=AD,CJ,HC,ID,IV,N4,ZZ R:AN1-48 4*S:AN2) S:ID3=FAM - S(4*S:N01-2) ; R0102
    ST R 1 R:ID3=270 R:AN4-9 R:AN1-35
    BHT R 1 R:ID4=0022 R:ID2=01,13 S:AN1-50 R:DT8 R:TM4-8 S:ID2=RT
    loop 2000A R *
      HL R 1 R:AN1-12 - R:ID1-2=20 R:ID1=1
      loop 2100A R 1
        NM1 R 1 R:ID2-3=2B,36,GP,P5,PR R:ID1=1,2 $entity R:ID1-2=24,46,FI,NI,PI,XV,XX R:AN2-80
      loop 2000B R *
        HL R 1 2*R:AN1-12 R:ID1-2=21 R:ID1=1
        loop 2100B R 1
          NM1 R 1 R:ID2-3=1P,2B,36,80,FA,GP,P5,PR R:ID1=1,2 $entity R:ID1-2=24,34,FI,PI,PP,SV,XV,XX R:AN2-80
          REF S 9 R:ID2-3=0B,1C,1D,1J,4A,CT,EL,EO,HPI,JD,N5,N7,Q4,SY,TJ R:AN1-50 S:AN1-80
          N3 S 1 $street
          N4 S 1 $city
          PRV S 1 $specialty
        loop 2000C R *
          HL R 1 2*R:AN1-12 R:ID1-2=22 R:ID1=0,1
          TRN S 2 R:ID1-2=1 R:AN1-50 R:AN10 S:AN1-50
          loop 2100C R 1
            NM1 R 1 R:ID2-3=IL R:ID1=1 $entity S:ID1-2=II,MI S:AN2-80 ; P0809
            REF S 9 R:ID2-3=18,1L,1W,3H,49,6P,CT,EA,EJ,F6,GH,HJ,IG,N6,NQ,SY,Y4 R:AN1-50 S:AN1-80
            N3 S 1 $street
            N4 S 1 $city
            PRV S 1 $specialty
            DMG S 1 $born
            INS S 1 R:ID1=Y R:ID2=18 14*- S:N01-9
            HI S 1 $diagnoses
            DTP S 1 R:ID3=291 R:ID2-3=D8,RD8 R:AN1-35^2
            DTP S 1 R:ID3=102 R:ID2-3=D8,RD8 R:AN1-35^2
            loop 2110C S 99
              EQ R 1 $asked
              AMT S 2 R:ID1-3=PB,R R:R1-18
              III S 1 R:ID1-3=ZZ R:AN1-30
              REF S 1 R:ID2-3=9F,G1 R:AN1-50
              DTP S 1 R:ID3=291 R:ID2-3=D8,RD8 R:AN1-35^2
          loop 2000D S *
            HL R 1 2*R:AN1-12 R:ID1-2=23 R:ID1=0
            TRN S 2 R:ID1-2=1 R:AN1-50 R:AN10 S:AN1-50
            loop 2100D R 1
              NM1 R 1 R:ID2-3=03 R:ID1=1 $entity
              REF S 9 R:ID2-3=18,1L,6P,CT,EA,EJ,F6,GH,HJ,IF,IG,MRC,N6,SY,Y4 R:AN1-50 S:AN1-80
              N3 S 1 $street
              N4 S 1 $city
              PRV S 1 $specialty
              DMG S 1 $born
              INS S 1 R:ID1=N R:ID2=01,19,34 14*- S:N01-9
              HI S 1 $diagnoses
              DTP S 1 R:ID3=291 R:ID2-3=D8,RD8 R:AN1-35^2
              DTP S 1 R:ID3=102 R:ID2-3=D8,RD8 R:AN1-35^2
              loop 2110D R 99
                EQ R 1 $asked
                III S 1 R:ID1-3=ZZ R:AN1-30
                REF S 1 R:ID2-3=9F,G1 R:AN1-50
                DTP S 1 R:ID3=291 R:ID2-3=D8,RD8 R:AN1-35^2
    SE R 1 R:N01-10 R:AN4-9
    """)
}
