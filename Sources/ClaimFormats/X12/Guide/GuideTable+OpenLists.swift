extension GuideTable {
  /// Lists of codes that others keep. They grow, so a code that is not in them is a warning at most.
  static let openLists = [
    // States, territories and military post of the United States (USPS), and provinces of Canada (Canada Post). PQ and NF
    // are older codes of Quebec and Newfoundland.
    "states": """
    AA,AE,AK,AL,AP,AR,AS,AZ,CA,CO,CT,DC,DE,FL,FM,GA,GU,HI,IA,ID,IL,IN,KS,KY,LA,MA,MD,ME,MH,MI,MN,MO,MP,MS,MT,NC,ND,\
    NE,NH,NJ,NM,NV,NY,OH,OK,OR,PA,PR,PW,RI,SC,SD,TN,TX,UT,VA,VI,VT,WA,WI,WV,WY,\
    AB,BC,MB,NB,NF,NL,NS,NT,NU,ON,PE,PQ,QC,SK,YT
    """,
    // Places of service (CMS).
    "places": """
    01,02,03,04,05,06,07,08,09,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,31,32,33,34,41,42,49,50,51,52,53,\
    54,55,56,57,58,60,61,62,65,66,71,72,81,99
    """,
  ]
}
