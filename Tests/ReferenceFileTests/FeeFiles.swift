import ClaimFormats
import ClaimsDomain
import Testing

/// Small files in the formats that CMS publishes: figures of 2025, without descriptions.
enum FeeFiles {
  /// Titles, a copyright notice and column names over three rows, as in `PPRRVU25_JAN1.csv`.
  static let published = #"""
    ,,2025 Relative Value File,,,,,,,,,,,,,,,,,,,,,,,,,,,,
    ,,"A notice, of rights",,,,,,,,,,,,,,,,,,,,,,,,,,,,
    ,,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
    ,,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
    HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
    99213,,"Words, and ""more""",A,,1.3,1.35,,0.57,,0.1,2.75,1.97,0,XXX,0,0,0,0,0,0,0,0,,32.3465,9,0,99,0,0,0
    71046,,,A,,0.22,0.77,,0.77,NA,0.02,1.01,1.01,1,XXX,0,0,0,0,0,0,0,0,,32.3465,9,0,99,2.76,2.76,0.05
    71046,TC,,A,,0,0.69,,0.69,NA,0.01,0.7,0.7,1,XXX,0,0,0,0,0,0,0,0,,32.3465,1,0,99,2.68,2.68,0.04
    71046,26,,A,,0.22,0.08,,0.08,,0.01,0.31,0.31,1,XXX,0,0,0,0,0,0,0,0,,32.3465,9,0,99,0,0,0
    45378,,,A,,3.26,6.44,,1.79,,0.43,10.13,5.48,0,0,0,0,0,2,0,1,0,0,,32.3465,9,0,99,0,0,0
    45378,53,,A,,1.63,3.22,,0.9,,0.22,5.07,2.75,0,0,0,0,0,2,0,1,0,0,,32.3465,9,0,99,0,0,0
    45379,,,A,,4.28,8.08,,2.25,,0.52,12.88,7.05,0,0,0,0,0,3,0,1,0,0,45378,32.3465,9,0,99,0,0,0
    A4262,,,B,,0,0,,0,,0,0,0,9,XXX,0,0,0,9,9,9,9,9,,32.3465,9,0,99,0,0,0
    A2001,,,C,,0,0,,0,,0,0,0,9,XXX,0,0,0,9,9,9,9,9,,32.3465,9,0,99,0,0,0

    """#

  /// One row of column names, without descriptions.
  static let plain = """
    hcpcs,mod,status,work_rvu,nonfac_pe_rvu,nonfac_na,fac_pe_rvu,fac_na,mp_rvu,pctc_ind,glob_days,mult_proc,bilat,asst_surg,co_surg,team_surg,endo_base,conv_factor
    99213,,A,1.3,1.35,,0.57,,0.1,0,XXX,0,0,0,0,0,,32.3465

    """

  static let indices = """
    ADDENDUM E. GPCIs,,,,,,
    ,,,,,,
    Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2025 PW GPCI (with 1.0 Floor),2025 PE GPCI,2025 MP GPCI
    10112,AL,00,ALABAMA,1,0.869,0.575
    2102,AK,1,ALASKA*,1.5,1.081,0.592
    ,,,,,,
    *Work GPCI reflects a floor.,,,,,,

    """

  static func schedule(_ text: String = published) throws -> PhysicianFeeSchedule {
    try RelativeValueFile(Reference.bytes(text), name: "rvu.csv").schedule()
  }

  static func line(_ code: String, _ modifiers: [String] = [], place: String = "11") -> ServiceLine {
    ServiceLine(
      number: 1, procedure: ProcedureCode(code: code, modifiers: modifiers), charge: .zero, placeOfService: place,
      serviceDates: nil)
  }
}

extension PhysicianFee {
  /// The fee, or a short reason why there is none.
  var text: String {
    switch self {
    case .priced(let fee, _): fee.description
    case .notListed: "not listed"
    case .pricedElsewhere(let status): "status \(status.rawValue)"
    case .denied(let denial): "\(denial.group.rawValue)-\(denial.reason)"
    }
  }
}
