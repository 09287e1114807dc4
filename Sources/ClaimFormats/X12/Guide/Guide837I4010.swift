extension ImplementationGuide {
  /// Health Care Claim: Institutional, version 4010 (004010X096A1).
  static let olderInstitutional = GuideTable.guide(
    "004010X096A1", deciding: .olderClaims,
    """
    shape name R:AN1-60 S:AN1-35 S:AN1-25 - S:AN1-10
    shape street R:AN1-55 S:AN1-55
    shape city R:AN2-30 R:ID2=@states?4:US,CA R:ID3-15 S:ID2-3
    shape phones R:ID2=EM,FX,TE R:AN1-256 2*[S:ID2=EM,EX,FX,TE S:AN1-256]
    shape adjustments R:ID1-5 R:R1-18 S:R1-15 5*[S:ID1-5 S:R1-18 S:R1-15] ; L050607 C0605 C0705 L080910 C0908 C1008 \
        L111213 C1211 C1311 L141516 C1514 C1614 L171819 C1817 C1917
    ST R 1 R:ID3=837 R:AN4-9
    BHT R 1 R:ID4=0019 R:ID2=00,18 R:AN1-50 R:DT8 R:TM4-8 R:ID2=CH,RP
    REF R 1 R:ID2-3=87 R:AN1-50=004010X096DA1,004010X096A1
    loop 1000A R 1
      NM1 R 1 R:ID2-3=41 R:ID1=1,2 R:AN1-60 S:AN1-35 S:AN1-25 2*- R:ID1-2=46 R:AN2-80
      PER R 2 R:ID2=IC R:AN1-60 R:ID2=ED,EM,FX,TE R:AN1-256 S:ID2=ED,EM,EX,FX,TE S:AN1-256 S:ID2=ED,EM,EX,FX,TE \
          S:AN1-256
    loop 1000B R 1
      NM1 R 1 R:ID2-3=40 R:ID1=2 R:AN1-60 4*- R:ID1-2=46 R:AN2-80
    loop 2000A R *
      HL R 1 R:AN1-12 - R:ID1-2=20 R:ID1=1
      PRV S 1 R:ID1-3=BI,PT R:ID2-3=ZZ R:AN1-50
      CUR S 1 R:ID2-3=85 R:ID3
      loop 2010AA R 1
        NM1 R 1 R:ID2-3=85 R:ID1=2 R:AN1-60 4*- R:ID1-2=24,34,XX R:AN2-80
        N3 R 1 $street
        N4 R 1 $city
        REF S 8 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,1J,B3,BQ,EI,FH,G2,G5,LU,SY,X5 R:AN1-50
        REF S 8 R:ID2-3=06,8U,EM,IJ,LU,RB,ST,TT R:AN1-50
        PER S 2 R:ID2=IC R:AN1-60 $phones
      loop 2010AB S 1
        NM1 R 1 R:ID2-3=87 R:ID1=2 R:AN1-60 4*- R:ID1-2=24,34,XX R:AN2-80
        N3 R 1 $street
        N4 R 1 $city
        REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,1J,B3,BQ,EI,FH,G2,G5,LU,SY,X5 R:AN1-50
      loop 2000B R *
        HL R 1 2*R:AN1-12 R:ID1-2=22 R:ID1=0,1
        SBR R 1 R:ID1=P,S,T S:ID2=18 S:AN1-50 S:AN1-60 4*- \
            S:ID1-2=09,10,11,12,13,14,15,16,AM,BL,CH,CI,DS,HM,LI,LM,MA,MB,MC,OF,TV,VA,WC,ZZ
        loop 2010BA R 1
          NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name S:ID1-2=MI,ZZ S:AN2-80
          N3 S 1 $street
          N4 S 1 $city
          DMG S 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
          REF S 4 R:ID2-3=1W,23,IG,SY R:AN1-50
          REF S 1 R:ID2-3=Y4 R:AN1-50
        loop 2010BB S 1
          NM1 R 1 R:ID2-3=AO R:ID1=1,2 $name R:ID1-2=MI R:AN2-80
          REF S 2 R:ID2-3=AB,BB R:AN1-50
        loop 2010BC R 1
          NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
          N3 S 1 $street
          N4 S 1 $city
          REF S 3 R:ID2-3=2U,FY,NF,TJ R:AN1-50
        loop 2010BD S 1
          NM1 R 1 R:ID2-3=QD R:ID1=1,2 $name
          N3 R 1 $street
          N4 R 1 $city
        loop 2300 S 100
          CLM R 1 R:AN1-38 R:R1-18 2*- R(R:AN1-2 R:ID1-2=A \
              R:ID1=0,1,2,3,4,5,6,7,8,9,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,X,Y,Z) R:ID1=N,Y S:ID1=A,C R:ID1=N,Y \
              R:ID1=A,I,M,N,O,Y 8*- R:ID1=N,Y - S:ID1-2=1,2,3,4,5,6,7,8,9,10,11
          DTP S 1 R:ID3=096 R:ID2-3=TM R:AN1-35^2
          DTP R 1 R:ID3=434 R:ID2-3=D8,RD8 R:AN1-35^2
          DTP S 1 R:ID3=435 R:ID2-3=DT R:AN1-35^2
          CL1 S 1 2*S:ID1 S:ID1-2
          PWK S 10 R:ID2=AS,B2,B3,B4,CT,DA,DG,DS,EB,MT,NN,OB,OZ,PN,PO,PZ,RB,RR,RT R:ID1-2=AA,BM,EL,EM,FX 2*- \
              S:ID1-2=AC S:AN2-80 S:AN1-80
          CN1 S 1 R:ID2=01,02,03,04,05,06,09 S:R1-18 S:R1-6 S:AN1-50 S:R1-6 S:AN1-30
          AMT S 1 R:ID1-3=C5 R:R1-18
          AMT S 1 R:ID1-3=F3 R:R1-18
          AMT S 1 R:ID1-3=F5 R:R1-18
          AMT S 1 R:ID1-3=MA R:R1-18
          REF S 1 R:ID2-3=9C R:AN1-50
          REF S 1 R:ID2-3=9A R:AN1-50
          REF S 1 R:ID2-3=D9 R:AN1-50
          REF S 2 R:ID2-3=DD R:AN1-50
          REF S 1 R:ID2-3=F8 R:AN1-50
          REF S 1 R:ID2-3=LX R:AN1-50
          REF S 1 R:ID2-3=4N R:AN1-50=1,2,3,4,5,6,7
          REF S 1 R:ID2-3=G4 R:AN1-50
          REF S 2 R:ID2-3=9F,G1 R:AN1-50
          REF S 1 R:ID2-3=EA R:AN1-50
          REF S 1 R:ID2-3=P4 R:AN1-50
          K3 S 10 R:AN1-80
          NTE S 10 R:ID3=ALG,DCP,DGN,DME,MED,NTR,ODT,RHB,RLH,RNH,SET,SFM,SPT,UPI R:AN1-80
          NTE S 1 R:ID3=ADD R:AN1-80
          CR6 S 1 R:ID1=1,2,3,4,5,6,7,8 R:DT8 S:ID2-3=RD8 S:AN1-35 R:DT8 R:ID1=N,U,Y R:ID1=N,Y R:ID1=I,R,S S:DT8 \
              S:ID2=HC,ID S:AN1-15 3*S:DT8 S:ID2-3=RD8 S:AN1-35 R:ID1=A,B,C,D,E,F,G,H,L,M,O,R,S,T 4*S:DT8
          CRC S 3 R:ID2=75 R:ID1=N,Y R:ID2-3=AA,AL,BL,CO,DY,EL,HL,LB,OL,PA,SL \
              4*S:ID2-3=AA,AL,BL,CO,DY,EL,HL,LB,OL,PA,SL
          CRC S 3 R:ID2=76 R:ID1=N,Y R:ID2-3=BR,CA,CB,CR,EP,IH,NR,PW,TR,UT,WA,WR \
              4*S:ID2-3=BR,CA,CB,CR,EP,IH,NR,PW,TR,UT,WA,WR
          CRC S 2 R:ID2=77 R:ID1=N,Y R:ID2-3=AG,CM,DI,DP,FO,LE,MC,OT 4*S:ID2-3=AG,CM,DI,DP,FO,LE,MC,OT
          HI S 1 R(R:ID1-3=BK R:AN1-30) S(R:ID1-3=BJ,ZZ R:AN1-30) S(R:ID1-3=BN R:AN1-30)
          HI S 1 R(R:ID1-3=DR R:AN1-30)
          HI S 2 R(R:ID1-3=BF R:AN1-30) 11*S(R:ID1-3=BF R:AN1-30)
          HI S 1 R(R:ID1-3=BP,BR R:AN1-30 S:ID2-3=D8 S:AN1-35)
          HI S 2 R(R:ID1-3=BO,BQ R:AN1-30 S:ID2-3=D8 S:AN1-35) 11*S(R:ID1-3=BO,BQ R:AN1-30 S:ID2-3=D8 S:AN1-35)
          HI S 2 R(R:ID1-3=BI R:AN1-30 R:ID2-3=RD8 R:AN1-35) 11*S(R:ID1-3=BI R:AN1-30 R:ID2-3=RD8 R:AN1-35)
          HI S 2 R(R:ID1-3=BH R:AN1-30 R:ID2-3=D8 R:AN1-35) 11*S(R:ID1-3=BH R:AN1-30 R:ID2-3=D8 R:AN1-35)
          HI S 2 R(R:ID1-3=BE R:AN1-30 2*- R:R1-18) 11*S(R:ID1-3=BE R:AN1-30 2*- R:R1-18)
          HI S 2 R(R:ID1-3=BG R:AN1-30) 11*S(R:ID1-3=BG R:AN1-30)
          HI S 2 R(R:ID1-3=TC R:AN1-30) 11*S(R:ID1-3=TC R:AN1-30)
          QTY S 4 R:ID2=CA,CD,LA,NA R:R1-15 R(R:ID2=DA)
          HCP S 1 R:ID2=00,01,02,03,04,05,06,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 S:R1-18 \
              S:AN1-48 S:ID2=HC S:AN1-48 S:ID2=DA,UN S:R1-15 S:ID2=T1,T2,T3,T4,T5,T6 S:ID1-2=1,2,3,4,5 \
              S:ID1-2=1,2,3,4,5,6
          loop 2305 S 6
            CR7 R 1 R:ID2=AI,MS,OT,PT,SN,ST 2*R:N01-9
            HSD S 12 S:ID2=VS S:R1-15 S:ID2=DA,MO,Q1,WK S:R1-6 S:ID1-2=7,35 S:N01-3 \
                S:ID1-2=1,2,3,4,5,6,7,8,9,A,B,C,D,E,F,G,H,J,K,L,N,O,S,SA,SB,SC,SD,SG,SL,SP,SX,SY,SZ,W S:ID1=D,E,F
          loop 2310A S 1
            NM1 R 1 R:ID2-3=71 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
            PRV S 1 R:ID1-3=AT,SU R:ID2-3=ZZ R:AN1-50
            REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
          loop 2310B S 1
            NM1 R 1 R:ID2-3=72 R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 R:ID1-2=24,34,XX R:AN2-80
            PRV S 1 R:ID1-3=OP R:ID2-3=ZZ R:AN1-50
            REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
          loop 2310C S 1
            NM1 R 1 R:ID2-3=73 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
            PRV S 1 R:ID1-3=OT,PE R:ID2-3=ZZ R:AN1-50
            REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
          loop 2310E S 1
            NM1 R 1 R:ID2-3=FA R:ID1=2 R:AN1-60 4*- S:ID1-2=24,34,XX S:AN2-80
            PRV S 1 R:ID1-3=RP R:ID2-3=ZZ R:AN1-50
            N3 R 1 $street
            N4 R 1 $city
            REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,1J,EI,FH,G2,G5,LU,N5,X5 R:AN1-50
          loop 2320 S 10
            SBR R 1 R:ID1=P,S,T R:ID2=01,04,05,07,10,15,17,18,19,20,21,22,23,24,29,32,33,36,39,40,41,43,53,G8 S:AN1-50 \
                S:AN1-60 4*- S:ID1-2=09,10,11,12,13,14,15,16,AM,BL,CH,CI,DS,HM,LI,LM,MA,MB,MC,OF,TV,VA,WC,ZZ
            CAS S 5 R:ID1-2=CO,CR,OA,PI,PR R:ID1-5 R:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15 \
                S:ID1-5 S:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15
            AMT S 1 R:ID1-3=C4 R:R1-18
            AMT S 1 R:ID1-3=B6 R:R1-18
            AMT S 1 R:ID1-3=T3 R:R1-18
            AMT S 1 R:ID1-3=ZZ R:R1-18
            AMT S 1 R:ID1-3=N1 R:R1-18
            AMT S 1 R:ID1-3=KF R:R1-18
            AMT S 1 R:ID1-3=PG R:R1-18
            AMT S 1 R:ID1-3=AA R:R1-18
            AMT S 1 R:ID1-3=B1 R:R1-18
            AMT S 1 R:ID1-3=A8 R:R1-18
            AMT S 1 R:ID1-3=YT R:R1-18
            DMG S 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
            OI R 1 2*- R:ID1=N,Y 2*- R:ID1=A,I,M,N,O,Y
            MIA S 1 R:R1-15 2*S:R1-15 S:R1-18 S:AN1-50  9*S:R1-18 S:R1-15 4*S:R1-18 4*S:AN1-50  S:R1-18
            MOA S 1 S:R1-10 S:R1-18 5*S:AN1-50  2*S:R1-18
            loop 2330A R 1
              NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name R:ID1-2=MI,ZZ R:AN2-80
              N3 S 1 $street
              N4 S 1 $city
              REF S 3 R:ID2-3=1W,23,IG,SY R:AN1-50
            loop 2330B R 1
              NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
              N3 S 1 $street
              N4 S 1 $city
              DTP S 1 R:ID3=573 R:ID2-3=D8 R:AN1-35^2
              REF S 2 R:ID2-3=2U,F8,FY,NF,TJ R:AN1-50
              REF S 1 R:ID2-3=9F,G1 R:AN1-50
            loop 2330C S 1
              NM1 R 1 R:ID2-3=QC R:ID1=1 5*- R:ID1-2=EI,MI R:AN2-80
              REF S 3 R:ID2-3=1W,IG,SY R:AN1-50
            loop 2330D S 1
              NM1 R 1 R:ID2-3=71 R:ID1=1,2
              REF R 3 R:ID2-3=1A,1B,1C,1D,1G,1H,EI,G2,LU,N5 R:AN1-50
            loop 2330E S 1
              NM1 R 1 R:ID2-3=72 R:ID1=1
              REF R 3 R:ID2-3=1A,1B,1C,1D,1G,1H,EI,G2,LU,N5 R:AN1-50
            loop 2330F S 1
              NM1 R 1 R:ID2-3=73 R:ID1=1,2
              REF R 3 R:ID2-3=1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY R:AN1-50
            loop 2330H S 1
              NM1 R 1 R:ID2-3=FA R:ID1=2
              REF R 3 R:ID2-3=1B,1C,1D,EI,G2,LU,N5 R:AN1-50
          loop 2400 R 999
            LX R 1 R:N01-6
            SV2 R 1 R:AN1-48 S(R:ID2=HC,IV,N4,ZZ R:AN1-48 4*S:AN2) R:R1-18 R:ID2=DA,F2,UN R:R1-15 S:R1-10 S:R1-18
            PWK S 5 R:ID2=AS,B2,B3,B4,CT,DA,DG,DS,EB,MT,NN,OB,OZ,PN,PO,PZ,RB,RR,RT R:ID1-2=AA,AB,AD,AF,AG,BM,EL,EM,FX \
                2*- S:ID1-2=AC S:AN2-80
            DTP S 1 R:ID3=472 R:ID2-3=D8,RD8 R:AN1-35^2
            DTP S 1 R:ID3=866 R:ID2-3=D8 R:AN1-35^2
            AMT S 1 R:ID1-3=GT R:R1-18
            AMT S 1 R:ID1-3=N8 R:R1-18
            HCP S 1 R:ID2=00,01,02,03,04,05,06,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 \
                S:R1-18 S:AN1-48 S:ID2=HC S:AN1-48 S:ID2=DA,UN S:R1-15 S:ID2=T1,T2,T3,T4,T5,T6 S:ID1-2=1,2,3,4,5 \
                S:ID1-2=1,2,3,4,5,6 ; P0910 P1112
            loop 2410 S 25
              LIN S 1 - R:ID2=N4 R:AN1-48
              CTP S 1 2*- R:R1-17 R:R1-15 R(R:ID2=F2,GR,ML,UN)
              REF S 1 R:ID2-3=XZ R:AN1-50
            loop 2420A S 1
              NM1 R 1 R:ID2-3=71 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
              PRV S 1 R:ID1-3=AT R:ID2-3=ZZ R:AN1-50
              REF S 1 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
            loop 2420B S 1
              NM1 R 1 R:ID2-3=72 R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 R:ID1-2=24,34,XX R:AN2-80
              PRV S 1 R:ID1-3=OP R:ID2-3=ZZ R:AN1-50
              REF S 1 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
            loop 2420C S 1
              NM1 R 1 R:ID2-3=73 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
              PRV S 1 R:ID1-3=OT,PE R:ID2-3=ZZ R:AN1-50
              REF S 1 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
            loop 2430 S 25
              SVD R 1 R:AN2-80 R:R1-18 S(R:ID2=HC,IV,ZZ R:AN1-48 4*S:AN2 S:AN1-80) R:AN1-48 R:R1-15 S:N01-6
              CAS S 99 R:ID1-2=CO,CR,OA,PI,PR R:ID1-5 R:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15 \
                  S:ID1-5 S:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15 S:ID1-5 S:R1-18 S:R1-15
              DTP S 1 R:ID3=573 R:ID2-3=D8 R:AN1-35^2
        loop 2000C S *
          HL R 1 2*R:AN1-12 R:ID1-2=23 R:ID1=0
          PAT R 1 R:ID2=01,04,05,07,10,15,17,19,20,21,22,23,24,29,32,33,36,39,40,41,43,53,G8
          loop 2010CA R 1
            NM1 R 1 R:ID2-3=QC R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 S:ID1-2=MI,ZZ S:AN2-80
            N3 R 1 $street
            N4 R 1 $city
            DMG R 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
            REF S 5 R:ID2-3=1W,23,IG,SY R:AN1-50
            REF S 1 R:ID2-3=Y4 R:AN1-50
          same 2300 R 100
    SE R 1 R:N01-10 R:AN4-9
    """)
}
