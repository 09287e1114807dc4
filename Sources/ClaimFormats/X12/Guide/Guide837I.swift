extension ImplementationGuide {
  /// Health Care Claim: Institutional (005010X223A2).
  static let institutional = GuideTable.guide(
    "005010X223A2", deciding: .claims,
    """
    shape name R:AN1-60 S:AN1-35 S:AN1-25 - S:AN1-10
    shape npi S:ID1-2=XX S:AN2-80
    shape street R:AN1-55 S:AN1-55
    shape city R:AN2-30 S:ID2=@states?4:US,CA S:ID3-15 S:ID2-3 2*- S:ID1-3 ; E0207 C0704
    shape phones R:ID2=EM,FX,TE R:AN1-256 2*[S:ID2=EM,EX,FX,TE S:AN1-256]
    shape paperwork R:ID2=03,04,05,06,07,08,09,10,11,13,15,21,A3,A4,AM,AS,B2,B3,B4,BR,BS,BT,CB,CK,CT,D2,DA,DB,DG,\
    DJ,DS,EB,HC,HR,I5,IR,LA,M1,MT,NN,OB,OC,OD,OE,OX,OZ,P4,P5,PE,PN,PO,PQ,PY,PZ,RB,RR,RT,RX,SG,V5,XP \
    R:ID1-2=AA,BM,EL,EM,FT,FX 2*- S:ID1-2=AC S:AN2-80
    shape adjustments R:ID1-5 R:R1-18 S:R1-15 5*[S:ID1-5 S:R1-18 S:R1-15] ; \
    L050607 C0605 C0705 L080910 C0908 C1008 L111213 C1211 C1311 L141516 C1514 C1614 L171819 C1817 C1917
    ST R 1 R:ID3=837 R:AN4-9 R:AN1-35=005010X223A2
    BHT R 1 R:ID4=0019 R:ID2=00,18 R:AN1-50 R:DT8 R:TM4-8 R:ID2=31,CH,RP
    loop 1000A R 1
      NM1 R 1 R:ID2-3=41 R:ID1=1,2 R:AN1-60 S:AN1-35 S:AN1-25 2*- R:ID1-2=46 R:AN2-80
      PER R 2 R:ID2=IC S:AN1-60 $phones ; P0506 P0708
    loop 1000B R 1
      NM1 R 1 R:ID2-3=40 R:ID1=2 R:AN1-60 4*- R:ID1-2=46 R:AN2-80
    loop 2000A R *
      HL R 1 R:AN1-12 - R:ID1-2=20 R:ID1=1
      PRV S 1 R:ID1-3=BI R:ID2-3=PXC R:AN1-50
      CUR S 1 R:ID2-3=85 R:ID3
      loop 2010AA R 1
        NM1 R 1 R:ID2-3=85 R:ID1=2 R:AN1-60 4*- $npi ; P0809
        N3 R 1 $street
        N4 R 1 R:AN2-30 S:ID2 S:N09?4:US S:ID2-3 2*- S:ID1-3 ; E0207 C0704
        REF R 1 R:ID2-3=EI R:AN1-50
        PER S 2 R:ID2=IC S:AN1-60 $phones ; P0506 P0708
      loop 2010AB S 1
        NM1 R 1 R:ID2-3=87 R:ID1=2
        N3 R 1 $street
        N4 R 1 $city
      loop 2010AC S 1
        NM1 R 1 R:ID2-3=PE R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
        N3 R 1 $street
        N4 R 1 $city
        REF S 1 R:ID2-3=2U,FY,NF R:AN1-50
        REF R 1 R:ID2-3=EI R:AN1-50
      loop 2000B R *
        HL R 1 2*R:AN1-12 R:ID1-2=22 R:ID1=0,1
        SBR R 1 R:ID1=A,B,C,D,E,F,G,H,P,S,T,U S:ID2=18 S:AN1-50 S:AN1-60 4*- \
            S:ID1-2=11,12,13,14,15,16,17,AM,BL,CH,CI,DS,FI,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ
        loop 2010BA R 1
          NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name S:ID1-2=II,MI S:AN2-80 ; P0809
          N3 S 1 $street
          N4 S 1 $city
          DMG S 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
          REF S 1 R:ID2-3=SY R:AN1-50
          REF S 1 R:ID2-3=Y4 R:AN1-50
        loop 2010BB R 1
          NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
          N3 S 1 $street
          N4 S 1 $city
          REF S 3 R:ID2-3=2U,EI,FY,NF R:AN1-50
          REF S 1 R:ID2-3=G2,LU R:AN1-50
        loop 2300 S 100
          CLM R 1 R:AN1-38 R:R1-18 2*- R(R:AN1-2 R:ID1-2=A R:ID1) - R:ID1=A,B,C R:ID1=N,W,Y R:ID1=I,Y 10*- \
              S:ID1-2=1,10,11,15,2,3,4,5,6,7,8,9
          DTP S 1 R:ID3=096 R:ID2-3=TM R:AN1-35^2
          DTP R 1 R:ID3=434 R:ID2-3=RD8 R:AN1-35^2
          DTP S 1 R:ID3=435 R:ID2-3=D8,DT R:AN1-35^2
          DTP S 1 R:ID3=050 R:ID2-3=D8 R:AN1-35^2
          CL1 R 1 2*S:ID1 R:ID1-2
          PWK S 10 $paperwork ; P0506
          CN1 S 1 R:ID2=01,02,03,04,05,06,09 S:R1-18 S:R1-6 S:AN1-50 S:R1-6 S:AN1-30
          AMT S 1 R:ID1-3=F3 R:R1-18
          REF S 1 R:ID2-3=4N R:AN1-50
          REF S 1 R:ID2-3=9F R:AN1-50
          REF S 1 R:ID2-3=G1 R:AN1-50
          REF S 1 R:ID2-3=F8 R:AN1-50
          REF S 1 R:ID2-3=9A R:AN1-50
          REF S 1 R:ID2-3=9C R:AN1-50
          REF S 5 R:ID2-3=LX R:AN1-50
          REF S 1 R:ID2-3=D9 R:AN1-50
          REF S 1 R:ID2-3=LU R:AN1-50
          REF S 1 R:ID2-3=EA R:AN1-50
          REF S 1 R:ID2-3=P4 R:AN1-50
          REF S 1 R:ID2-3=G4 R:AN1-50
          K3 S 10 R:AN1-80
          NTE S 10 R:ID3=ALG,DCP,DGN,DME,MED,NTR,ODT,RHB,RLH,RNH,SET,SFM,SPT,UPI R:AN1-80
          NTE S 1 R:ID3=ADD R:AN1-80
          CRC S 1 R:ID2=ZZ R:ID1=N,Y R:ID2-3=AV,NU,S2,ST 2*S:ID2-3
          HI R 1 R(R:ID1-3=ABK,BK R:AN1-30 6*- S:ID1=N,U,W,Y)
          HI S 1 R(R:ID1-3=ABJ,BJ R:AN1-30)
          HI S 1 R(R:ID1-3=APR,PR R:AN1-30) 2*S(R:ID1-3=APR,PR R:AN1-30)
          HI S 1 R(R:ID1-3=ABN,BN R:AN1-30 6*- S:ID1=N,U,W,Y) 11*S(R:ID1-3=ABN,BN R:AN1-30 6*- S:ID1=N,U,W,Y)
          HI S 1 R(R:ID1-3=DR R:AN1-30)
          HI S 2 R(R:ID1-3=ABF,BF R:AN1-30 6*- S:ID1=N,U,W,Y) 11*S(R:ID1-3=ABF,BF R:AN1-30 6*- S:ID1=N,U,W,Y)
          HI S 1 R(R:ID1-3=BBR,BR,CAH R:AN1-30 R:ID2-3=D8 R:AN1-35^3)
          HI S 2 R(R:ID1-3=BBQ,BQ R:AN1-30 R:ID2-3=D8 R:AN1-35^3) 11*S(R:ID1-3=BBQ,BQ R:AN1-30 R:ID2-3=D8 R:AN1-35^3)
          HI S 2 R(R:ID1-3=BI R:AN1-30 R:ID2-3=RD8 R:AN1-35^3) 11*S(R:ID1-3=BI R:AN1-30 R:ID2-3=RD8 R:AN1-35^3)
          HI S 2 R(R:ID1-3=BH R:AN1-30 R:ID2-3=D8 R:AN1-35^3) 11*S(R:ID1-3=BH R:AN1-30 R:ID2-3=D8 R:AN1-35^3)
          HI S 2 R(R:ID1-3=BE R:AN1-30 2*- R:R1-18) 11*S(R:ID1-3=BE R:AN1-30 2*- R:R1-18)
          HI S 2 R(R:ID1-3=BG R:AN1-30) 11*S(R:ID1-3=BG R:AN1-30)
          HI S 2 R(R:ID1-3=TC R:AN1-30) 11*S(R:ID1-3=TC R:AN1-30)
          HCP S 1 R:ID2=00,01,02,03,04,05,06,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 \
              S:R1-18 S:AN1-48 2*- S:ID2=DA,UN S:R1-15 S:ID2=T1,T2,T3,T4,T5,T6 S:ID1-2=1,2,3,4,5 S:ID1-2=1,2,3,4,5,6 \
              ; P1112
          loop 2310A S 1
            NM1 R 1 R:ID2-3=71 R:ID1=1 $name $npi ; P0809
            PRV S 1 R:ID1-3=AT R:ID2-3=PXC R:AN1-50
            REF S 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
          loop 2310B S 1
            NM1 R 1 R:ID2-3=72 R:ID1=1 $name $npi ; P0809
            REF S 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
          loop 2310C S 1
            NM1 R 1 R:ID2-3=ZZ R:ID1=1 $name $npi ; P0809
            REF S 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
          loop 2310D S 1
            NM1 R 1 R:ID2-3=82 R:ID1=1 $name $npi ; P0809
            REF S 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
          loop 2310E S 1
            NM1 R 1 R:ID2-3=77 R:ID1=2 R:AN1-60 4*- $npi ; P0809
            N3 R 1 $street
            N4 R 1 $city
            REF S 3 R:ID2-3=0B,G2,LU R:AN1-50
          loop 2310F S 1
            NM1 R 1 R:ID2-3=DN R:ID1=1 $name $npi ; P0809
            REF S 3 R:ID2-3=0B,1G,G2 R:AN1-50
          loop 2320 S 10
            SBR R 1 R:ID1=A,B,C,D,E,F,G,H,P,S,T,U R:ID2=01,18,19,20,21,39,40,53,G8 S:AN1-50 S:AN1-60 4*- \
                S:ID1-2=11,12,13,14,15,16,17,AM,BL,CH,CI,DS,FI,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ
            CAS S 5 R:ID1-2=CO,CR,OA,PI,PR $adjustments
            AMT S 1 R:ID1-3=D R:R1-18
            AMT S 1 R:ID1-3=EAF R:R1-18
            AMT S 1 R:ID1-3=A8 R:R1-18
            OI R 1 2*- R:ID1=N,W,Y 2*- R:ID1=I,Y
            MIA S 1 R:R1-15 - S:R1-15 S:R1-18 S:AN1-50 9*S:R1-18 S:R1-15 4*S:R1-18 4*S:AN1-50 S:R1-18
            MOA S 1 S:R1-10 S:R1-18 5*S:AN1-50 2*S:R1-18
            loop 2330A R 1
              NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name R:ID1-2=II,MI R:AN2-80
              N3 S 1 $street
              N4 S 1 $city
              REF S 2 R:ID2-3=SY R:AN1-50
            loop 2330B R 1
              NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
              N3 S 1 $street
              N4 S 1 $city
              DTP S 1 R:ID3=573 R:ID2-3=D8 R:AN1-35^2
              REF S 2 R:ID2-3=2U,EI,FY,NF R:AN1-50
              REF S 1 R:ID2-3=G1 R:AN1-50
              REF S 1 R:ID2-3=9F R:AN1-50
              REF S 1 R:ID2-3=T4 R:AN1-50
              REF S 1 R:ID2-3=F8 R:AN1-50
            loop 2330C S 1
              NM1 R 1 R:ID2-3=71 R:ID1=1
              REF R 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
            loop 2330D S 1
              NM1 R 1 R:ID2-3=72 R:ID1=1
              REF R 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
            loop 2330E S 1
              NM1 R 1 R:ID2-3=ZZ R:ID1=1
              REF R 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
            loop 2330F S 1
              NM1 R 1 R:ID2-3=77 R:ID1=2
              REF R 3 R:ID2-3=0B,G2,LU R:AN1-50
            loop 2330G S 1
              NM1 R 1 R:ID2-3=82 R:ID1=1
              REF R 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
            loop 2330H S 1
              NM1 R 1 R:ID2-3=DN R:ID1=1
              REF R 3 R:ID2-3=0B,1G,G2 R:AN1-50
            loop 2330I S 1
              NM1 R 1 R:ID2-3=85 R:ID1=2
              REF R 2 R:ID2-3=G2,LU R:AN1-50
          loop 2400 R 999
            LX R 1 R:N01-6
            SV2 R 1 R:AN1-48 S(R:ID2=ER,HC,HP,IV,WK R:AN1-48 4*S:AN2 S:AN1-80) R:R1-18 R:ID2=DA,UN R:R1-15 - S:R1-18
            PWK S 10 $paperwork ; P0506
            DTP S 1 R:ID3=472 R:ID2-3=D8,RD8 R:AN1-35^2
            REF S 1 R:ID2-3=6R R:AN1-50
            REF S 1 R:ID2-3=9B R:AN1-50
            REF S 1 R:ID2-3=9D R:AN1-50
            AMT S 1 R:ID1-3=GT R:R1-18
            AMT S 1 R:ID1-3=N8 R:R1-18
            NTE S 1 R:ID3=TPO R:AN1-80
            HCP S 1 R:ID2=00,01,02,03,04,05,06,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 \
                S:R1-18 S:AN1-48 S:ID2=ER,HC,HP,IV,WK S:AN1-48 S:ID2=DA,UN S:R1-15 S:ID2=T1,T2,T3,T4,T5,T6 \
                S:ID1-2=1,2,3,4,5 S:ID1-2=1,2,3,4,5,6 ; P0910 P1112
            loop 2410 S 1
              LIN R 1 - R:ID2=N4 R:AN1-48
              CTP R 1 3*- R:R1-15 R(R:ID2=F2,GR,ME,ML,UN)
              REF S 1 R:ID2-3=VY,XZ R:AN1-50
            loop 2420A S 1
              NM1 R 1 R:ID2-3=72 R:ID1=1 $name $npi ; P0809
              REF S 20 R:ID2-3=0B,1G,G2,LU R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420B S 1
              NM1 R 1 R:ID2-3=ZZ R:ID1=1 $name $npi ; P0809
              REF S 20 R:ID2-3=0B,1G,G2,LU R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420C S 1
              NM1 R 1 R:ID2-3=82 R:ID1=1 $name $npi ; P0809
              REF S 20 R:ID2-3=0B,1G,G2,LU R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420D S 1
              NM1 R 1 R:ID2-3=DN R:ID1=1 $name $npi ; P0809
              REF S 20 R:ID2-3=0B,1G,G2 R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2430 S 15
              SVD R 1 R:AN2-80 R:R1-18 S(R:ID2=ER,HC,HP,IV,WK R:AN1-48 4*S:AN2 S:AN1-80) R:AN1-48 R:R1-15 S:N01-6
              CAS S 5 R:ID1-2=CO,CR,OA,PI,PR $adjustments
              DTP R 1 R:ID3=573 R:ID2-3=D8 R:AN1-35^2
              AMT S 1 R:ID1-3=EAF R:R1-18
        loop 2000C S *
          HL R 1 2*R:AN1-12 R:ID1-2=23 R:ID1=0
          PAT R 1 R:ID2=01,19,20,21,39,40,53,G8
          loop 2010CA R 1
            NM1 R 1 R:ID2-3=QC R:ID1=1 $name
            N3 R 1 $street
            N4 R 1 $city
            DMG R 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
            REF S 1 R:ID2-3=Y4 R:AN1-50
            REF S 1 R:ID2-3=1W,SY R:AN1-50
          same 2300 R 100
    SE R 1 R:N01-10 R:AN4-9
    """)
}
