extension ImplementationGuide {
  /// Benefit Enrollment and Maintenance (005010X220A1).
  static let enrollment = GuideTable.guide(
    "005010X220A1", deciding: .enrollments,
    """
    shape name R:AN1-60 S:AN1-35 S:AN1-25 S:AN1-10 S:AN1-10
    shape own S:ID1-2=34,ZZ S:AN2-80
    shape street R:AN1-55 S:AN1-55
    shape city R:AN2-30 S:ID2 S:ID3-15 S:ID2-3 S:ID1-2 S:AN1-30 S:ID1-3 ; E0207 C0605 C0704
    shape numbers R:ID2=AP,BN,CP,EM,EX,FX,HP,TE,WP R:AN1-256 2*[S:ID2=AP,BN,CP,EM,EX,FX,HP,TE,WP S:AN1-256] ; P0506 P0708
    shape person S:ID1=B,D,I,M,R,S,U,W,X Sx10(S:ID1=7,8,A,B,C,D,E,F,G,H,I,J,N,O,P,Z S:ID1-3=RET S:AN1-30) \
    S:ID1-2=1,2,3,4,5,6,7 3*- S:ID1-3=REC S:AN1-30 ; P1011 C1105
    ST R 1 R:ID3=834 R:AN4-9 R:AN1-35
    BGN R 1 R:ID2=00,15,22 R:AN1-50 R:DT8 R:TM4-8 S:ID2 S:AN1-50 - R:ID1-2=2,4,RX
    REF S 1 R:ID2-3=38 R:AN1-50
    DTP S * R:ID3=007,090,091,303,382,388 R:ID2-3=D8 R:AN1-35^2
    QTY S 3 R:ID2=DT,ET,TO R:R1-15
    loop 1000A R 1
      N1 R 1 R:ID2-3=P5 S:AN1-60 R:ID1-2=24,94,FI R:AN2-80
    loop 1000B R 1
      N1 R 1 R:ID2-3=IN S:AN1-60 R:ID1-2=94,FI,XV R:AN2-80
    loop 1000C S 2
      N1 R 1 R:ID2-3=BO,TV R:AN1-60 R:ID1-2=94,FI,XV R:AN2-80
      loop 1100C S 1
        ACT R 1 R:AN1-35 4*- S:AN1-35
    loop 2000 R *
      INS R 1 R:ID1=N,Y R:ID2=01,03,04,05,06,07,08,09,10,11,12,13,14,15,16,17,18,19,23,24,25,26,31,38,53,60,D2,G8,G9 \
          R:ID3=001,021,024,025,030 S:ID2-3=01,02,03,04,05,06,07,08,09,10,11,14,15,16,17,18,20,21,22,25,26,27,28,29,31,\
    32,33,37,38,39,40,41,43,59,AA,AB,AC,AD,AE,AF,AG,AH,AI,AJ,AL,EC,XN,XT R:ID1=A,C,S,T S(R:ID1=A,B,C,D,E S:ID1=0,1,2) \
          S:ID1-2=1,10,2,3,4,5,6,7,8,9,ZZ S:ID2=AC,AO,AU,FT,L1,PT,RT,TE S:ID1=F,N,P S:ID1=N,Y S:ID2-3=D8 S:AN1-35^11 \
          S:ID1=R,U 3*- S:N01-9 ; P1112
      REF R 1 R:ID2-3=0F R:AN1-50
      REF S 1 R:ID2-3=1L R:AN1-50
      REF S 13 R:ID2-3=17,23,3H,4A,6O,ABB,D3,DX,F6,P5,Q4,QQ,ZZ R:AN1-50
      DTP S 1 R:ID3=356 R:ID2-3=D8 R:AN1-35^2
      DTP S 1 R:ID3=357 R:ID2-3=D8 R:AN1-35^2
      DTP S 24 R:ID3=050,286,296,297,300,301,303,336,337,338,339,340,341,350,351,383,385,386,393,394,473,474 R:ID2-3=D8 \
          R:AN1-35^2
      loop 2100A R 1
        NM1 R 1 R:ID2-3=74,IL R:ID1=1 $name $own ; P0809
        PER S 1 R:ID2=IP - $numbers
        N3 S 1 $street
        N4 S 1 $city
        DMG S 1 R:ID2-3=D8 R:AN1-35^1 R:ID1=F,M,U $person
        EC S * R:ID2-3 2*S:ID2-3
        ICM S 1 R:ID1=1,2,3,4,6,7,8,9,B,C,H,Q,S,U R:R1-18 S:R1-15 S:AN1-30 S:AN1-5
        AMT S 7 R:ID1-3=B9,C1,D2,EBA,FK,P3,R R:R1-18
        HLH S 1 R:ID1=N,S,T,U,X S:R1-8 S:R1-10
        LUI S * S:ID1-2=LD,LE S:AN2-80 S:AN1-80 S:ID1-2=5,6,7,8 ; P0102
      loop 2100B S 1
        NM1 R 1 R:ID2-3=70 R:ID1=1 $name $own ; P0809
        DMG S 1 S:ID2-3=D8 S:AN1-35^1 S:ID1=F,M,U $person P0102
      loop 2100C S 1
        NM1 R 1 R:ID2-3=31 R:ID1=1
        N3 R 1 $street
        N4 R 1 $city
      loop 2100D S 3
        NM1 R 1 R:ID2-3=36 R:ID1=1,2 S:AN1-60 S:AN1-35 S:AN1-25 2*S:AN1-10 S:ID1-2=24,34 S:AN2-80 ; P0809
        PER S 1 R:ID2=EP S:AN1-60 $numbers
        N3 S 1 $street
        N4 S 1 $city
      loop 2100E S 3
        NM1 R 1 R:ID2-3=M8 R:ID1=2 R:AN1-60
        PER S 1 R:ID2=SK S:AN1-60 $numbers
        N3 S 1 $street
        N4 S 1 $city
      loop 2100F S 1
        NM1 R 1 R:ID2-3=S3 R:ID1=1 R:AN1-60 R:AN1-35 S:AN1-25 2*S:AN1-10 $own ; P0809
        PER S 1 R:ID2=PQ - $numbers
        N3 S 1 $street
        N4 S 1 $city
      loop 2100G S 13
        NM1 R 1 R:ID2-3=6Y,9K,E1,EI,EXS,GB,GD,J6,LR,QD,S1,TZ,X4 R:ID1=1 $name $own ; P0809
        PER S 1 R:ID2=RP - $numbers
        N3 S 1 $street
        N4 S 1 $city
      loop 2100H S 1
        NM1 R 1 R:ID2-3=45 R:ID1=1 S:AN1-60 S:AN1-35 S:AN1-25 2*S:AN1-10
        N3 S 1 $street
        N4 S 1 $city
      loop 2200 S *
        DSB R 1 R:ID1=1,2,3,4 5*- S:ID2=DX,ZZ S:AN1-15 ; P0708
        DTP S 2 R:ID3=360,361 R:ID2-3=D8 R:AN1-35^2
      loop 2300 S 99
        HD R 1 R:ID3=001,002,021,024,025,026,030,032 - R:ID2-3=AG,AH,AJ,AK,DCP,DEN,EPO,FAC,HE,HLT,HMO,LTC,LTD,MM,MOD,\
    PDG,POS,PPO,PRA,STD,UR,VIS S:AN1-50 S:ID3=CHD,DEP,E1D,E2D,E3D,E5D,E6D,E7D,E8D,E9D,ECH,EMP,ESP,FAM,IND,SPC,SPO,TWO \
          3*- S:ID1=N,Y
        DTP S 1 R:ID3=348 R:ID2-3=D8,RD8 R:AN1-35^2
        DTP S 1 R:ID3=349 R:ID2-3=D8,RD8 R:AN1-35^2
        DTP S 4 R:ID3=300,303,343,543,695 R:ID2-3=D8,RD8 R:AN1-35^2
        AMT S 9 R:ID1-3=B9,C1,D2,EBA,FK,P3,R R:R1-18
        REF S 14 R:ID2-3=17,1L,9V,CE,E8,M7,PID,RB,X9,XM,XX1,XX2,ZX,ZZ R:AN1-50
        REF S 1 R:ID2-3=QQ R:AN1-50
        IDC S 3 R:AN1-50 R:ID1=D,H,P S:R1-15 S:ID1-2=1,2,RX
        loop 2310 S 30
          LX R 1 R:N01-6
          NM1 R 1 R:ID2-3=1X,3D,80,FA,OD,P3,QA,QN,Y2 R:ID1=1,2 S:AN1-60 S:AN1-35 S:AN1-25 2*S:AN1-10 \
              S:ID1-2=34,FI,SV,XX S:AN2-80 R:ID2=25,26,72 ; P0809
          N3 S 2 $street
          N4 S 1 $city
          PER S 2 R:ID2=IC - $numbers
          PLA S 1 R:ID1-2=2 R:ID2-3=1P R:DT8 - R:ID2-3=14,22,46,AA,AB,AC,AD,AE,AF,AG,AH,AI,AJ
        loop 2320 S 5
          COB R 1 R:ID1=P,S,T,U S:AN1-50 R:ID1=1,5,6 S:ID1-2x9
          REF S 4 R:ID2-3=60,6P,SY,ZZ R:AN1-50
          DTP S 2 R:ID3=344,345 R:ID2-3=D8 R:AN1-35^2
          loop 2330 S 3
            NM1 R 1 R:ID2-3=36,GW,IN R:ID1=2 S:AN1-60 4*- S:ID1-2=FI,NI,XV S:AN2-80 ; P0809
            N3 S 1 $street
            N4 S 1 $city
            PER S 1 R:ID2=CN - R:ID2=TE R:AN1-256
      LS S 1 R:AN1-4=2700
      loop 2700 S *
        LX R 1 R:N01-6
        loop 2750 S 1
          N1 R 1 R:ID2-3=75 R:AN1-60
          REF S 1 R:ID2-3=00,17,18,19,26,3L,6M,9V,9X,GE,LU,PID,XX1,XX2,YY,ZZ R:AN1-50
          DTP S 1 R:ID3=007 R:ID2-3=D8,RD8 R:AN1-35^2
      LE S 1 R:AN1-4
    SE R 1 R:N01-10 R:AN4-9
    """)
}
