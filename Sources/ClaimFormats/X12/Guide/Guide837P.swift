extension ImplementationGuide {
  /// Health Care Claim: Professional (005010X222A1).
  static let professional = GuideTable.guide(
    "005010X222A1", deciding: .claims,
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
    ST R 1 R:ID3=837 R:AN4-9 S:AN1-35
    BHT R 1 R:ID4=0019 R:ID2=00,18 R:AN1-50 R:DT8 R:TM4-8 R:ID2=31,CH,RP
    loop 1000A R 1
      NM1 R 1 R:ID2-3=41 R:ID1=1,2 R:AN1-60 S:AN1-35 S:AN1-25 2*- R:ID1-2=46 R:AN2-80
      PER R 2 R:ID2=IC S:AN1-60 R:ID2=ED,EM,FX,TE R:AN1-256 S:ID2=ED,EM,EX,FX,TE S:AN1-256 S:ID2=ED,EM,EX,FX,TE \
          S:AN1-256 ; P0506 P0708
    loop 1000B R 1
      NM1 R 1 R:ID2-3=40 R:ID1=2 R:AN1-60 4*- R:ID1-2=46 R:AN2-80
    loop 2000A R *
      HL R 1 R:AN1-12 - R:ID1-2=20 R:ID1=1
      PRV S 1 R:ID1-3=BI R:ID2-3=PXC R:AN1-50
      CUR S 1 R:ID2-3=85 R:ID3
      loop 2010AA R 1
        NM1 R 1 R:ID2-3=85 R:ID1=1,2 $name $npi ; P0809
        N3 R 1 $street
        N4 R 1 R:AN2-30 S:ID2 S:ID3-15 S:ID2-3 2*- S:ID1-3 ; E0207 C0704
        REF R 1 R:ID2-3=EI,SY R:AN1-50
        REF S 2 R:ID2-3=0B,1G R:AN1-50
        PER S 2 R:ID2=IC S:AN1-60 $phones ; P0506 P0708
      loop 2010AB S 1
        NM1 R 1 R:ID2-3=87 R:ID1=1,2
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
        SBR R 1 R:ID1=A,B,C,D,E,F,G,H,P,S,T,U S:ID2=18 S:AN1-50 S:AN1-60 S:ID1-3=12,13,14,15,16,41,42,43,47 3*- \
            S:ID1-2=11,12,13,14,15,16,17,AM,BL,CH,CI,DS,FI,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ
        PAT S 1 4*- S:ID2-3=D8 S:AN1-35^5 S:ID2=01 S:R1-10 S:ID1=Y ; P0506 P0708
        loop 2010BA R 1
          NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name R:ID1-2=II,MI R:AN2-80
          N3 S 1 $street
          N4 S 1 $city
          DMG S 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
          REF S 1 R:ID2-3=SY R:AN1-50
          REF S 1 R:ID2-3=Y4 R:AN1-50
          PER S 1 R:ID2=IC S:AN1-60 R:ID2=TE R:AN1-256 S:ID2=EX S:AN1-256 ; P0506
        loop 2010BB R 1
          NM1 R 1 R:ID2-3=PR R:ID1=2 R:AN1-60 4*- R:ID1-2=PI,XV R:AN2-80
          N3 S 1 $street
          N4 S 1 $city
          REF S 3 R:ID2-3=2U,EI,FY,NF R:AN1-50
          REF S 2 R:ID2-3=G2,LU R:AN1-50
        loop 2300 S 100
          CLM R 1 R:AN1-38 R:R1-18 2*- R(R:AN1-2=@places R:ID1-2=B R:ID1) R:ID1=N,Y R:ID1=A,B,C R:ID1=N,W,Y R:ID1=I,Y \
              S:ID1=P S(R:ID2-3=AA,EM,OA S:ID2-3=AA,EM,OA - S:ID2 S:ID2-3) S:ID2-3=02,03,05,09 7*- \
              S:ID1-2=1,2,3,4,5,6,7,8,9,10,11,15
          DTP S 1 R:ID3=431 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=454 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=304 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=453 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=439 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=484 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=455 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=471 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=314,360,361 R:ID2-3=D8,RD8 R:AN1-35^2
          DTP S 1 R:ID3=297 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=296 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=435 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=096 R:ID2-3=D8 R:AN1-35^2
          DTP S 2 R:ID3=090,091 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=444 R:ID2-3=D8 R:AN1-35^2
          DTP S 1 R:ID3=050 R:ID2-3=D8 R:AN1-35^2
          PWK S 10 $paperwork ; P0506
          CN1 S 1 R:ID2=01,02,03,04,05,06,09 S:R1-18 S:R1-6 S:AN1-50 S:R1-6 S:AN1-30
          AMT S 1 R:ID1-3=F5 R:R1-18
          REF S 1 R:ID2-3=4N R:AN1-50
          REF S 1 R:ID2-3=F5 R:AN1-50
          REF S 1 R:ID2-3=EW R:AN1-50
          REF S 1 R:ID2-3=9F R:AN1-50
          REF S 1 R:ID2-3=G1 R:AN1-50
          REF S 1 R:ID2-3=F8 R:AN1-50
          REF S 1 R:ID2-3=X4 R:AN1-50
          REF S 1 R:ID2-3=9A R:AN1-50
          REF S 1 R:ID2-3=9C R:AN1-50
          REF S 1 R:ID2-3=LX R:AN1-50
          REF S 1 R:ID2-3=D9 R:AN1-50
          REF S 1 R:ID2-3=EA R:AN1-50
          REF S 1 R:ID2-3=P4 R:AN1-50
          REF S 1 R:ID2-3=1J R:AN1-50
          K3 S 10 R:AN1-80
          NTE S 1 R:ID3=ADD,CER,DCP,DGN,TPO R:AN1-80
          CR1 S 1 S:ID2=LB S:R1-10 - R:ID1=A,B,C,D,E R:ID2=DH R:R1-15 2*- 2*S:AN1-80 ; P0102
          CR2 S 1 7*- R:ID1=A,C,D,E,F,G,M - 2*S:AN1-80
          CRC S 3 R:ID2=07 R:ID1=N,Y R:ID2-3=01,04,05,06,07,08,09,12 4*S:ID2-3=01,04,05,06,07,08,09,12
          CRC S 3 R:ID2=E1,E2,E3 R:ID1=N,Y R:ID2-3=L1,L2,L3,L4,L5 4*S:ID2-3=L1,L2,L3,L4,L5
          CRC S 1 R:ID2=75 R:ID1=Y R:ID2-3=IH
          CRC S 1 R:ID2=ZZ R:ID1=N,Y R:ID2-3=AV,NU,S2,ST 2*S:ID2-3=AV,NU,S2,ST
          HI R 1 R(R:ID1-3=ABK,BK R:AN1-30) 11*S(R:ID1-3=ABF,BF R:AN1-30)
          HI S 1 R(R:ID1-3=BP R:AN1-30) S(R:ID1-3=BO R:AN1-30)
          HI S 2 R(R:ID1-3=BG R:AN1-30) 11*S(R:ID1-3=BG R:AN1-30)
          HCP S 1 R:ID2=00,01,02,03,04,05,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 S:R1-18 \
              5*- S:ID2=T1,T2,T3,T4,T5,T6 S:ID1-2=1,2,3,4,5 S:ID1-2=1,2,3,4,5,6
          loop 2310A S 2
            NM1 R 1 R:ID2-3=DN,P3 R:ID1=1 $name $npi ; P0809
            REF S 3 R:ID2-3=0B,1G,G2 R:AN1-50
          loop 2310B S 1
            NM1 R 1 R:ID2-3=82 R:ID1=1,2 $name $npi ; P0809
            PRV S 1 R:ID1-3=PE R:ID2-3=PXC R:AN1-50
            REF S 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
          loop 2310C S 1
            NM1 R 1 R:ID2-3=77 R:ID1=2 R:AN1-60 4*- $npi ; P0809
            N3 R 1 $street
            N4 R 1 $city
            REF S 3 R:ID2-3=0B,G2,LU R:AN1-50
            PER S 1 R:ID2=IC S:AN1-60 R:ID2=TE R:AN1-256 S:ID2=EX S:AN1-256 ; P0506
          loop 2310D S 1
            NM1 R 1 R:ID2-3=DQ R:ID1=1 $name $npi ; P0809
            REF S 4 R:ID2-3=0B,1G,G2,LU R:AN1-50
          loop 2310E S 1
            NM1 R 1 R:ID2-3=PW R:ID1=2
            N3 R 1 $street
            N4 R 1 $city
          loop 2310F S 1
            NM1 R 1 R:ID2-3=45 R:ID1=2 S:AN1-60
            N3 R 1 $street
            N4 R 1 $city
          loop 2320 S 10
            SBR R 1 R:ID1=A,B,C,D,E,F,G,H,P,S,T,U R:ID2=01,18,19,20,21,39,40,53,G8 S:AN1-50 S:AN1-60 \
                S:ID1-3=12,13,14,15,16,41,42,43,47 3*- \
                S:ID1-2=11,12,13,14,15,16,17,AM,BL,CH,CI,DS,FI,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ
            CAS S 5 R:ID1-2=CO,CR,OA,PI,PR $adjustments
            AMT S 1 R:ID1-3=D R:R1-18
            AMT S 1 R:ID1-3=A8 R:R1-18
            AMT S 1 R:ID1-3=EAF R:R1-18
            OI R 1 2*- R:ID1=N,W,Y S:ID1=P - R:ID1=I,Y
            MOA S 1 S:R1-10 S:R1-18 5*S:AN1-50 2*S:R1-18
            loop 2330A R 1
              NM1 R 1 R:ID2-3=IL R:ID1=1,2 $name R:ID1-2=II,MI R:AN2-80
              N3 S 1 $street
              N4 S 1 $city
              REF S 1 R:ID2-3=SY R:AN1-50
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
            loop 2330C S 2
              NM1 R 1 R:ID2-3=DN,P3 R:ID1=1
              REF R 3 R:ID2-3=0B,1G,G2 R:AN1-50
            loop 2330D S 1
              NM1 R 1 R:ID2-3=82 R:ID1=1,2
              REF R 3 R:ID2-3=0B,1G,G2,LU R:AN1-50
            loop 2330E S 1
              NM1 R 1 R:ID2-3=77 R:ID1=2
              REF R 3 R:ID2-3=0B,G2,LU R:AN1-50
            loop 2330F S 1
              NM1 R 1 R:ID2-3=DQ R:ID1=1
              REF R 3 R:ID2-3=0B,1G,G2,LU R:AN1-50
            loop 2330G S 1
              NM1 R 1 R:ID2-3=85 R:ID1=1,2
              REF R 2 R:ID2-3=G2,LU R:AN1-50
          loop 2400 R 50
            LX R 1 R:N01-6
            SV1 R 1 R(R:ID2=ER,HC,IV,WK R:AN1-48 4*S:AN2 S:AN1-80) R:R1-18 R:ID2=MJ,UN R:R1-15 S:AN1-2=@places - \
                R(R:N01-2=1,2,3,4,5,6,7,8,9,10,11,12 3*S:N01-2=1,2,3,4,5,6,7,8,9,10,11,12) - S:ID1=Y - 2*S:ID1=Y 2*- \
                S:ID1=0
            SV5 S 1 R(R:ID2=HC R:AN1-48) R:ID2=DA R:R1-15 2*R:R1-18 R:ID1=1,4,6
            PWK S 10 $paperwork ; P0506
            PWK S 1 R:ID2=CT R:ID1-2=AB,AD,AF,AG,NS
            CR1 S 1 S:ID2=LB S:R1-10 - R:ID1=A,B,C,D,E R:ID2=DH R:R1-15 2*- 2*S:AN1-80 ; P0102
            CR3 S 1 R:ID1=I,R,S R:ID2=MO R:R1-15
            CRC S 3 R:ID2=07 R:ID1=N,Y R:ID2-3=01,04,05,06,07,08,09,12 4*S:ID2-3=01,04,05,06,07,08,09,12
            CRC S 1 R:ID2=70 R:ID1=N,Y R:ID2-3=65
            CRC S 1 R:ID2=09 R:ID1=N,Y R:ID2-3=38,ZV S:ID2-3=38,ZV
            DTP R 1 R:ID3=472 R:ID2-3=D8,RD8 R:AN1-35^2
            DTP S 1 R:ID3=471 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=607 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=463 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=461 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=304 R:ID2-3=D8 R:AN1-35^2
            DTP S 2 R:ID3=738,739 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=011 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=455 R:ID2-3=D8 R:AN1-35^2
            DTP S 1 R:ID3=454 R:ID2-3=D8 R:AN1-35^2
            QTY S 1 R:ID2=PT R:R1-15
            QTY S 1 R:ID2=FL R:R1-15
            MEA S 5 R:ID2=OG,TR R:ID1-3=HT,R1,R2,R3,R4 R:R1-20
            CN1 S 1 R:ID2=01,02,03,04,05,06,09 S:R1-18 S:R1-6 S:AN1-50 S:R1-6 S:AN1-30
            REF S 1 R:ID2-3=9B R:AN1-50
            REF S 1 R:ID2-3=9D R:AN1-50
            REF S 5 R:ID2-3=G1 R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            REF S 1 R:ID2-3=6R R:AN1-50
            REF S 1 R:ID2-3=EW R:AN1-50
            REF S 1 R:ID2-3=X4 R:AN1-50
            REF S 1 R:ID2-3=F4 R:AN1-50
            REF S 1 R:ID2-3=BT R:AN1-50
            REF S 5 R:ID2-3=9F R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            AMT S 1 R:ID1-3=T R:R1-18
            AMT S 1 R:ID1-3=F4 R:R1-18
            K3 S 10 R:AN1-80
            NTE S 1 R:ID3=ADD,DCP R:AN1-80
            NTE S 1 R:ID3=TPO R:AN1-80
            PS1 S 1 R:AN1-50 R:R1-18
            HCP S 1 R:ID2=00,01,02,03,04,05,06,07,08,09,10,11,12,13,14 R:R1-18 S:R1-18 S:AN1-50 S:R1-9 S:AN1-50 \
                S:R1-18 - S:ID2=ER,HC,IV,WK S:AN1-48 S:ID2=MJ,UN S:R1-15 S:ID2=T1,T2,T3,T4,T5,T6 S:ID1-2=1,2,3,4,5 \
                S:ID1-2=1,2,3,4,5,6 ; P0910 P1112
            loop 2410 S 1
              LIN R 1 - R:ID2=EN,EO,HI,N4,ON,UK,UP R:AN1-48
              CTP R 1 3*- R:R1-15 R(R:ID2=F2,GR,ME,ML,UN)
              REF S 1 R:ID2-3=VY,XZ R:AN1-50
            loop 2420A S 1
              NM1 R 1 R:ID2-3=82 R:ID1=1,2 $name $npi ; P0809
              PRV S 1 R:ID1-3=PE R:ID2-3=PXC R:AN1-50
              REF S 20 R:ID2-3=0B,1G,G2,LU R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420B S 1
              NM1 R 1 R:ID2-3=QB R:ID1=1,2 5*- $npi ; P0809
              REF S 20 R:ID2-3=0B,1G,G2 R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420C S 1
              NM1 R 1 R:ID2-3=77 R:ID1=2 R:AN1-60 4*- $npi ; P0809
              N3 R 1 $street
              N4 R 1 $city
              REF S 3 R:ID2-3=G2,LU R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420D S 1
              NM1 R 1 R:ID2-3=DQ R:ID1=1 $name $npi ; P0809
              REF S 20 R:ID2-3=0B,1G,G2,LU R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420E S 1
              NM1 R 1 R:ID2-3=DK R:ID1=1 $name $npi ; P0809
              N3 S 1 $street
              N4 S 1 $city
              REF S 20 R:ID2-3=0B,1G,G2 R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
              PER S 1 R:ID2=IC S:AN1-60 $phones ; P0506 P0708
            loop 2420F S 2
              NM1 R 1 R:ID2-3=DN,P3 R:ID1=1 $name $npi ; P0809
              REF S 20 R:ID2-3=0B,1G,G2 R:AN1-50 - S(R:ID2-3=2U R:AN1-50)
            loop 2420G S 1
              NM1 R 1 R:ID2-3=PW R:ID1=2
              N3 R 1 $street
              N4 R 1 $city
            loop 2420H S 1
              NM1 R 1 R:ID2-3=45 R:ID1=2 S:AN1-60
              N3 R 1 $street
              N4 R 1 $city
            loop 2430 S 15
              SVD R 1 R:AN2-80 R:R1-18 R(R:ID2=ER,HC,IV,WK R:AN1-48 4*S:AN2 S:AN1-80) - R:R1-15 S:N01-6
              CAS S 5 R:ID1-2=CO,CR,OA,PI,PR $adjustments
              DTP R 1 R:ID3=573 R:ID2-3=D8 R:AN1-35^2
              AMT S 1 R:ID1-3=EAF R:R1-18
            loop 2440 S *
              LQ R 1 R:ID1-3=AS,UT R:AN1-30
              FRM R 99 R:AN1-20 S:ID1=N,W,Y S:AN1-50 S:DT8 S:R1-6 ; R02030405
        loop 2000C S *
          HL R 1 2*R:AN1-12 R:ID1-2=23 R:ID1=0
          PAT R 1 R:ID2=01,19,20,21,39,40,53,G8 3*- S:ID2-3=D8 S:AN1-35^5 S:ID2=01 S:R1-10 S:ID1=Y ; P0506 P0708
          loop 2010CA R 1
            NM1 R 1 R:ID2-3=QC R:ID1=1 $name
            N3 R 1 $street
            N4 R 1 $city
            DMG R 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U
            REF S 1 R:ID2-3=Y4 R:AN1-50
            REF S 1 R:ID2-3=1W,SY R:AN1-50
            PER S 1 R:ID2=IC S:AN1-60 R:ID2=TE R:AN1-256 S:ID2=EX S:AN1-256 ; P0506
          same 2300 R 100
    SE R 1 R:N01-10 R:AN4-9
    """)
}
