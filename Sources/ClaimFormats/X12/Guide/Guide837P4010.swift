extension ImplementationGuide {
  /// Health Care Claim: Professional, version 4010 (004010X098A1), which some senders still use.
  static let olderProfessional = GuideTable.guide(
    "004010X098A1", deciding: .olderClaims,
    """
    shape name R:AN1-60 S:AN1-35 S:AN1-25 - S:AN1-10
    shape street R:AN1-55 S:AN1-55
    shape city R:AN2-30 R:ID2=@states?4:US,CA R:ID3-15 S:ID2-3
    shape phones R:ID2=EM,FX,TE R:AN1-256 2*[S:ID2=EM,EX,FX,TE S:AN1-256]
    shape adjustments R:ID1-5 R:R1-18 S:R1-15 5*[S:ID1-5 S:R1-18 S:R1-15] ; L050607 C0605 C0705 L080910 C0908 C1008 \
        L111213 C1211 C1311 L141516 C1514 C1614 L171819 C1817 C1917
    ST R 1 R:ID3=837 R:AN4-9
    BHT R 1 R:ID4=0019 R:ID2=00,18 R:AN1-50 R:DT8 R:TM4-8 R:ID2=CH,RP
    REF R 1 R:ID2-3=87 R:AN1-50=004010X098DA1,004010X098A1
    loop 1000A R 1
      NM1 R 1 R:ID2-3=41 R:ID1=1,2 R:AN1-60 S:AN1-35 S:AN1-25 2*- R:ID1-2=46 R:AN2-80
      PER R 2 R:ID2=IC R:AN1-60 R:ID2=ED,EM,FX,TE R:AN1-256 S:ID2=ED,EM,EX,FX,TE S:AN1-256 S:ID2=ED,EM,EX,FX,TE \
          S:AN1-256 ; P0506 P0708
    loop 1000B R 1
      NM1 R 1 R:ID2-3=40 R:ID1=2 R:AN1-60 4*- R:ID1-2=46 R:AN2-80
    loop 2000A R *
      HL R 1 R:AN1-12 - R:ID1-2=20 R:ID1=1
      PRV S 1 R:ID1-3=BI,PT R:ID2-3=ZZ R:AN1-50
      CUR S 1 R:ID2-3=85 R:ID3
      loop 2010AA R 1
        NM1 R 1 R:ID2-3=85 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
        N3 R 1 $street
        N4 R 1 $city
        REF S 8 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,1J,B3,BQ,EI,FH,G2,G5,LU,SY,U3,X5 R:AN1-50
        REF S 8 R:ID2-3=06,8U,EM,IJ,LU,RB,ST,TT R:AN1-50
        PER S 2 R:ID2=IC R:AN1-60 $phones ; P0506 P0708
      loop 2010AB S 1
        NM1 R 1 R:ID2-3=87 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
        N3 R 1 $street
        N4 R 1 $city
        REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,1J,B3,BQ,EI,FH,G2,G5,LU,SY,U3,X5 R:AN1-50
      loop 2000B R *
        HL R 1 2*R:AN1-12 R:ID1-2=22 R:ID1=0,1
        SBR R 1 R:ID1=P,S,T S:ID2=18 S:AN1-50 S:AN1-60 S:ID1-3=12,13,14,15,16,41,42,43,47 3*- \
            S:ID1-2=09,10,11,12,13,14,15,16,AM,BL,CH,CI,DS,HM,LI,LM,MB,MC,OF,TV,VA,WC,ZZ
        PAT S 1 4*- S:ID2-3=D8 S:AN1-35^5 S:ID2=01 S:R1-10 S:ID1=Y ; P0506 P0708
        loop 2010BA R 1
          NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name S:ID1-2=MI,ZZ S:AN2-80 ; P0809
          N3 S 1 $street
          N4 S 1 $city
          DMG S 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
          REF S 4 R:ID2-3=1W,23,IG,SY R:AN1-50
          REF S 1 R:ID2-3=Y4 R:AN1-50
        loop 2010BB R 1
          NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
          N3 S 1 $street
          N4 S 1 $city
          REF S 3 R:ID2-3=2U,FY,NF,TJ R:AN1-50
        loop 2010BC S 1
          NM1 R 1 R:ID2-3=QD R:ID1=1,2 $name
          N3 R 1 $street
          N4 R 1 $city
        loop 2010BD S 1
          NM1 R 1 R:ID2-3=AO R:ID1=1,2 $name R:ID1-2=MI R:AN2-80
          REF S 2 R:ID2-3=AB,BB R:AN1-50
        loop 2300 S 100
          CLM R 1 R:AN1-38 R:R1-18 2*- R(R:AN1-2=@places - R:ID1) R:ID1=N,Y R:ID1=A,B,C,P R:ID1=N,Y R:ID1=A,I,M,N,O,Y \
              S:ID1=B,C,M,P,S S(R:ID2-3=AA,AP,EM,OA 2*S:ID2-3=AA,AP,EM,OA S:ID2 S:ID2-3) S:ID2-3=01,02,03,05,07,08,09 \
              3*- S:ID1=P 3*- S:ID1-2=1,2,3,4,5,6,7,8,9,10,11
          DTP S 1 R:ID3=454 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=304 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=431 R:ID2-3=D8 R:AN1-35^2
          DTP S 5 R:ID3=453 R:ID2-3=D8 R:AN1-35^2
          DTP S 10 R:ID3=438 R:ID2-3=D8 R:AN1-35^2
          DTP S 10 R:ID3=439 R:ID2-3=D8,DT R:AN1-35^2
          DTP S 1 R:ID3=484 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=455 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=471 R:ID2-3=D8 R:AN1-35^2
          DTP S 5 R:ID3=360 R:ID2-3=D8 R:AN1-35^2
          DTP S 5 R:ID3=361 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=297 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=296 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=435 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=096 R:ID2-3=D8 R:AN1-35^2
          DTP S 2 R:ID3=090,091 R:ID2-3=D8 R:AN1-35^2
          PWK S 10 R:ID2=77,AS,B2,B3,B4,CT,DA,DG,DS,EB,MT,NN,OB,OZ,PN,PO,PZ,RB,RR,RT R:ID1-2=AA,BM,EL,EM,FX 2*- \
              S:ID1-2=AC S:AN2-80 ; P0506
          CN1 S 1 R:ID2=02,03,04,05,06,09 S:R1-18 S:R1-6 S:AN1-50 S:R1-6 S:AN1-30
          AMT S 1 R:ID1-3=MA R:R1-18
          AMT S 1 R:ID1-3=F5 R:R1-18
          AMT S 1 R:ID1-3=NE R:R1-18
          REF S 1 R:ID2-3=4N R:AN1-50=1,2,3,4,5,6,7
          REF S 1 R:ID2-3=F5 R:AN1-50=Y,N
          REF S 1 R:ID2-3=EW R:AN1-50
          REF S 2 R:ID2-3=9F,G1 R:AN1-50
          REF S 1 R:ID2-3=F8 R:AN1-50
          REF S 3 R:ID2-3=X4 R:AN1-50
          REF S 1 R:ID2-3=9A R:AN1-50
          REF S 1 R:ID2-3=9C R:AN1-50
          REF S 1 R:ID2-3=LX R:AN1-50
          REF S 1 R:ID2-3=D9 R:AN1-50
          REF S 4 R:ID2-3=1S R:AN1-50
          REF S 1 R:ID2-3=EA R:AN1-50
          REF S 1 R:ID2-3=P4 R:AN1-50
          K3 S 10 R:AN1-80
          NTE S 1 R:ID3=ADD,CER,DCP,DGN,PMT,TPO R:AN1-80
          CR1 S 1 S:ID2=LB S:R1-10 R:ID1=I,R,T,X R:ID1=A,B,C,D,E R:ID2=DH R:R1-15 2*- 2*S:AN1-80 ; P0102
          CR2 S 1 7*- R:ID1=A,C,D,E,F,G,M - 2*S:AN1-80 S:ID1=N,Y
          CRC S 3 R:ID2=07 R:ID1=N,Y R:ID2-3=01,02,03,04,05,06,07,08,09,60 4*S:ID2-3=01,02,03,04,05,06,07,08,09,60
          CRC S 3 R:ID2=E1,E2,E3 R:ID1=N,Y R:ID2-3=L1,L2,L3,L4,L5 4*S:ID2-3=L1,L2,L3,L4,L5
          CRC S 1 R:ID2=75 R:ID1=Y R:ID2-3=IH
          CRC S 1 R:ID2=ZZ R:ID1=N,Y R:ID2-3=AV,NU,S2,ST 2*S:ID2-3=AV,NU,S2,ST
          HI S 1 R(R:ID1-3=BK R:AN1-30) 7*S(R:ID1-3=BF R:AN1-30)
          HCP S 1 R:ID2=00,01,02,03,04,05,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 S:R1-18 5*- \
              S:ID2=T1,T2,T3,T4,T5,T6 S:ID1-2=1,2,3,4,5 S:ID1-2=1,2,3,4,5,6
          loop 2305 S 6
            CR7 R 1 R:ID2=AI,MS,OT,PT,SN,ST 2*R:N01-9
            HSD S 3 S:ID2=VS S:R1-15 S:ID2=DA,MO,Q1,WK S:R1-6 S:ID1-2=7,35 S:N01-3 \
                S:ID1-2=1,2,3,4,5,6,7,A,B,C,D,E,F,G,H,J,K,L,N,O,S,W,SA,SB,SC,SD,SG,SL,SP,SX,SY,SZ S:ID1=D,E,F ; P0102 \
                C0605
          loop 2310A S 2
            NM1 R 1 R:ID2-3=DN,P3 R:ID1=1,2 $name S:ID1-2=24,34,XX S:AN2-80 ; P0809
            PRV S 1 R:ID1-3=RF R:ID2-3=ZZ R:AN1-50
            REF S 5 R:ID2-3=0B,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
          loop 2310B S 1
            NM1 R 1 R:ID2-3=82 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
            PRV S 1 R:ID1-3=PE R:ID2-3=ZZ R:AN1-50
            REF S 5 R:ID2-3=0B,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
          loop 2310C S 1
            NM1 R 1 R:ID2-3=QB R:ID1=1,2 R:AN1-60 S:AN1-35 S:AN1-25 2*- S:ID1-2=24,34,XX S:AN2-80 ; P0809
            REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,U3,X5 R:AN1-50
          loop 2310D S 1
            NM1 R 1 R:ID2-3=77,FA,LI,TL R:ID1=2 S:AN1-60 4*- S:ID1-2=24,34,XX S:AN2-80 ; P0809
            N3 R 1 $street
            N4 R 1 $city
            REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,G2,LU,N5,TJ,X4,X5 R:AN1-50
          loop 2310E S 1
            NM1 R 1 R:ID2-3=DQ R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 S:ID1-2=24,34,XX S:AN2-80 ; P0809
            REF S 5 R:ID2-3=0B,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
          loop 2320 S 10
            SBR R 1 R:ID1=P,S,T R:ID2=01,04,05,07,10,15,17,18,19,20,21,22,23,24,29,32,33,36,39,40,41,43,53,G8 S:AN1-50 \
                S:AN1-60 R:ID1-3=AP,C1,CP,GP,HM,IP,LD,LT,MB,MC,MI,MP,OT,PP,SP 3*- \
                S:ID1-2=09,10,11,12,13,14,15,16,AM,BL,CH,CI,DS,HM,LI,LM,MB,MC,OF,TV,VA,WC,ZZ
            CAS S 5 R:ID1-2=CO,CR,OA,PI,PR $adjustments
            AMT S 1 R:ID1-3=D R:R1-18
            AMT S 1 R:ID1-3=AAE R:R1-18
            AMT S 1 R:ID1-3=B6 R:R1-18
            AMT S 1 R:ID1-3=F2 R:R1-18
            AMT S 1 R:ID1-3=AU R:R1-18
            AMT S 1 R:ID1-3=D8 R:R1-18
            AMT S 1 R:ID1-3=DY R:R1-18
            AMT S 1 R:ID1-3=F5 R:R1-18
            AMT S 1 R:ID1-3=T R:R1-18
            AMT S 1 R:ID1-3=T2 R:R1-18
            DMG S 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
            OI R 1 2*- R:ID1=N,Y S:ID1=B,C,M,P,S - R:ID1=A,I,M,N,O,Y
            MOA S 1 S:R1-10 S:R1-18 5*S:AN1-50 2*S:R1-18
            loop 2330A R 1
              NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name R:ID1-2=MI,ZZ R:AN2-80
              N3 S 1 $street
              N4 S 1 S:AN2-30 S:ID2 S:ID3-15 S:ID2-3
              REF S 3 R:ID2-3=1W,23,IG,SY R:AN1-50
            loop 2330B R 1
              NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
              PER S 2 R:ID2=IC R:AN1-60 R:ID2=ED,EM,FX,TE R:AN1-256 S:ID2=ED,EM,EX,FX,TE S:AN1-256 \
                  S:ID2=ED,EM,EX,FX,TE S:AN1-256 ; P0506 P0708
              DTP S 1 R:ID3=573 R:ID2-3=D8 R:AN1-35^2
              REF S 2 R:ID2-3=2U,F8,FY,NF,TJ R:AN1-50
              REF S 2 R:ID2-3=9F,G1 R:AN1-50
              REF S 2 R:ID2-3=T4 R:AN1-50=Y
            loop 2330C S 1
              NM1 R 1 R:ID2-3=QC R:ID1=1 5*- R:ID1-2=MI R:AN2-80
              REF S 3 R:ID2-3=1W,23,IG,SY R:AN1-50
            loop 2330D S 2
              NM1 R 1 R:ID2-3=DN,P3 R:ID1=1,2
              REF R 3 R:ID2-3=1B,1C,1D,EI,G2,LU,N5 R:AN1-50
            loop 2330E S 1
              NM1 R 1 R:ID2-3=82 R:ID1=1,2
              REF R 3 R:ID2-3=1B,1C,1D,EI,G2,LU,N5 R:AN1-50
            loop 2330F S 1
              NM1 R 1 R:ID2-3=QB R:ID1=1,2
              REF R 3 R:ID2-3=1A,1B,1C,1D,EI,G2,LU,N5 R:AN1-50
            loop 2330G S 1
              NM1 R 1 R:ID2-3=77,FA,LI,TL R:ID1=2
              REF R 3 R:ID2-3=1A,1B,1C,1D,G2,LU,N5 R:AN1-50
            loop 2330H S 1
              NM1 R 1 R:ID2-3=DQ R:ID1=1
              REF R 3 R:ID2-3=1B,1C,1D,EI,G2,N5 R:AN1-50
          loop 2400 R 50
            LX R 1 R:N01-6
            SV1 R 1 R(R:ID2=HC,IV,N4,ZZ R:AN1-48 4*S:AN2) R:R1-18 R:ID2=F2,MJ,UN R:R1-15 S:AN1-2=@places - \
                S(R:N01-2=1,2,3,4,5,6,7,8 3*S:N01-2=1,2,3,4,5,6,7,8) - S:ID1=Y - 2*S:ID1=Y 2*- S:ID1=0
            SV5 S 1 R(R:ID2=HC R:AN1-48) R:ID2=DA R:R1-15 2*S:R1-18 S:ID1=1,4,6
            PWK S 1 R:ID2=CT R:ID1-2=AB,AD,AF,AG,NS
            CR1 S 1 S:ID2=LB S:R1-10 R:ID1=I,R,T,X R:ID1=A,B,C,D,E R:ID2=DH R:R1-15 2*- 2*S:AN1-80 ; P0102
            CR2 S 5 7*- R:ID1=A,C,D,E,F,G,M - 2*S:AN1-80 S:ID1=N,Y
            CR3 S 1 R:ID1=I,R,S R:ID2=MO R:R1-15
            CR5 S 1 R:ID1=I,R,S R:R1-15 7*- 2*S:R1-15 R:ID1=E,R,S S:ID1=1 S:ID1=2 S:ID1=3
            CRC S 3 R:ID2=07 R:ID1=N,Y R:ID2-3=01,02,03,04,05,06,07,08,09,60 4*S:ID2-3=01,02,03,04,05,06,07,08,09,60
            CRC S 1 R:ID2=70 R:ID1=N,Y R:ID2-3=65
            CRC S 2 R:ID2=09,11 R:ID1=N,Y R:ID2-3=37,38,AL,P1,ZV 4*S:ID2-3=37,38,AL,P1,ZV
            DTP R 1 R:ID3=472 R:ID2-3=D8,RD8 R:AN1-35^2
            DTP S 1 R:ID3=607 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=463 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=461 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=304 R:ID2-3=D8 R:AN1-35^2
            DTP S 2 R:ID3=738,739 R:ID2-3=D8 R:AN1-35^2
            DTP S 3 R:ID3=119,480,481 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=011 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=431 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=455 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=453 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=454 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=438 R:ID2-3=D8 R:AN1-35^2
            MEA S 20 R:ID2=OG,TR R:ID1-3=GRA,HT,R1,R2,R3,R4,ZO R:R1-20
            CN1 S 1 R:ID2=01,02,03,04,05,06,09 S:R1-18 S:R1-6 S:AN1-50 S:R1-6 S:AN1-30
            REF S 1 R:ID2-3=9B R:AN1-50
            REF S 1 R:ID2-3=9D R:AN1-50
            REF S 2 R:ID2-3=9F,G1 R:AN1-50
            REF S 1 R:ID2-3=6R R:AN1-50
            REF S 1 R:ID2-3=EW R:AN1-50
            REF S 1 R:ID2-3=X4 R:AN1-50
            REF S 1 R:ID2-3=F4 R:AN1-50
            REF S 1 R:ID2-3=BT R:AN1-50
            REF S 4 R:ID2-3=1S R:AN1-50
            REF S 1 R:ID2-3=TP R:AN1-50
            REF S 1 R:ID2-3=OZ,VP R:AN1-50
            AMT S 1 R:ID1-3=T R:R1-18
            AMT S 1 R:ID1-3=AAE R:R1-18
            AMT S 1 R:ID1-3=F4 R:R1-18
            K3 S 10 R:AN1-80
            NTE S 1 R:ID3=ADD,DCP,PMT,TPO R:AN1-80
            PS1 S 1 R:AN1-50 R:R1-18
            HSD S 1 S:ID2=VS S:R1-15 S:ID2=DA,MO,Q1,WK S:R1-6 S:ID1-2=7,34,35 S:N01-3 \
                S:ID1-2=1,2,3,4,5,6,7,A,B,C,D,E,F,G,H,J,K,L,N,O,W,SA,SB,SC,SD,SG,SL,SP,SX,SY,SZ S:ID1=D,E,F ; P0102 \
                C0605
            HCP S 1 R:ID2=00,01,02,03,04,05,06,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 \
                S:R1-18 - S:ID2=HC,IV,ZZ S:AN1-48 S:ID2=DA,UN S:R1-15 S:ID2=T1,T2,T3,T4,T5,T6 S:ID1-2=1,2,3,4,5 \
                S:ID1-2=1,2,3,4,5,6 ; P0910 P1112
            loop 2410 S 25
              LIN R 1 - R:ID2=N4 R:AN1-48
              CTP S 1 2*- R:R1-17 R:R1-15 R(R:ID2=F2,GR,ML,UN)
              REF S 1 R:ID2-3=XZ R:AN1-50
            loop 2420A S 1
              NM1 R 1 R:ID2-3=82 R:ID1=1,2 $name R:ID1-2=24,34,XX R:AN2-80
              PRV S 1 R:ID1-3=PE R:ID2-3=ZZ R:AN1-50
              REF S 5 R:ID2-3=0B,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
            loop 2420B S 1
              NM1 R 1 R:ID2-3=QB R:ID1=1,2 5*- S:ID1-2=24,34,XX S:AN2-80 ; P0809
              REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,U3,X5 R:AN1-50
            loop 2420C S 1
              NM1 R 1 R:ID2-3=77,FA,LI,TL R:ID1=2 S:AN1-60 4*- S:ID1-2=24,34,XX S:AN2-80 ; P0809
              N3 R 1 $street
              N4 R 1 $city
              REF S 5 R:ID2-3=0B,1A,1B,1C,1D,1G,1H,G2,LU,N5,TJ,X4,X5 R:AN1-50
            loop 2420D S 1
              NM1 R 1 R:ID2-3=DQ R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 S:ID1-2=24,34,XX S:AN2-80 ; P0809
              REF S 5 R:ID2-3=0B,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
            loop 2420E S 1
              NM1 R 1 R:ID2-3=DK R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 S:ID1-2=24,34,XX S:AN2-80 ; P0809
              N3 S 1 $street
              N4 S 1 $city
              REF S 5 R:ID2-3=0B,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
              PER S 1 R:ID2=IC R:AN1-60 $phones ; P0506 P0708
            loop 2420F S 2
              NM1 R 1 R:ID2-3=DN,P3 R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 S:ID1-2=24,34,XX S:AN2-80 ; P0809
              PRV S 1 R:ID1-3=RF R:ID2-3=ZZ R:AN1-50
              REF S 5 R:ID2-3=0B,1B,1C,1D,1G,1H,EI,G2,LU,N5,SY,X5 R:AN1-50
            loop 2420G S 4
              NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
              REF R 2 R:ID2-3=9F,G1 R:AN1-50
            loop 2430 S 25
              SVD R 1 R:AN2-80 R:R1-18 R(R:ID2=HC,IV,ZZ R:AN1-48 4*S:AN2 S:AN1-80) - R:R1-15 S:N01-6
              CAS S 99 R:ID1-2=CO,CR,OA,PI,PR $adjustments
              DTP R 1 R:ID3=573 R:ID2-3=D8 R:AN1-35^2
            loop 2440 S 5
              LQ R 1 R:ID1-3=AS,UT R:AN1-30
              FRM R 99 R:AN1-20 S:ID1=N,W,Y S:AN1-50 S:DT8 S:R1-6 ; R02030405
        loop 2000C S *
          HL R 1 2*R:AN1-12 R:ID1-2=23 R:ID1=0
          PAT R 1 R:ID2=01,04,05,07,09,10,15,17,19,20,21,22,23,24,29,32,33,34,36,39,40,41,43,53,G8 3*- S:ID2-3=D8 \
              S:AN1-35^5 S:ID2=01 S:R1-10 S:ID1=Y ; P0506 P0708
          loop 2010CA R 1
            NM1 R 1 R:ID2-3=QC R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 - S:AN1-10 S:ID1-2=MI,ZZ S:AN2-80 ; P0809
            N3 R 1 $street
            N4 R 1 $city
            DMG R 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
            REF S 5 R:ID2-3=1W,23,IG,SY R:AN1-50
            REF S 1 R:ID2-3=Y4 R:AN1-50
          same 2300 S 100
    SE R 1 R:N01-10 R:AN4-9
    """)
}
