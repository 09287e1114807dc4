import Fixtures
import Foundation

/// The inputs that the mutations start from: our own fixtures, and a few small files defined here.
struct SeedInputs {
  private let folder: String

  /// - Parameter fixtures: the package's folder `Fixtures`.
  init(fixtures folder: String) {
    self.folder = folder
  }

  private func fixtures(_ names: String...) -> [[UInt8]] {
    names.compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)").map(Array.init) }
  }

  var claims: [[UInt8]] {
    fixtures(
      "claims/demo.837", "claims/institutional.x12", "claims/odd-delimiters.x12", "claims/professional.x12",
      "claims/two-interchanges.x12")
  }

  var jsonClaims: [[UInt8]] { fixtures("claims/claim.json", "claims/claims.json", "claims/claims.ndjson") }

  var fhirClaims: [[UInt8]] { fixtures("fhir/bundle.json", "fhir/claims.ndjson", "fhir/institutional.json") }
  var fhirMembers: [[UInt8]] { fixtures("fhir/coverage.json") }
  var fhirRequests: [[UInt8]] { fixtures("fhir/eligibility-request.json") }

  var remittances: [[UInt8]] {
    fixtures(
      "expected/remittance/R1.835", "expected/remittance/R2.835", "expected/remittance/R3.835",
      "expected/remittance/R6.835", "expected/remittance/R11.835")
  }

  var plans: [[UInt8]] { SampleFiles.plans.map(\.bytes) }
  var fees: [[UInt8]] { SampleFiles.feeSchedules.map(\.bytes) }
  var members: [[UInt8]] { SampleFiles.members.map(\.bytes) }
  var payers: [[UInt8]] { [SampleFiles.payer.bytes] }

  var partners: [[UInt8]] {
    [Array("sender: ACME\napplication: X\nusage: test\nchecks:\n  npi: error\n".utf8), Array("sender: \"*\"\n".utf8)]
  }

  var enrollments: [[UInt8]] {
    [
      Self.interchange(
        "834", "005010X220A1", code: "BE",
        [
          "BGN*00*1*20260401*1200****2", "N1*P5**FI*999888777", "N1*IN**FI*654456654", "INS*Y*18*021*20*A***FT",
          "REF*0F*PO1001", "DTP*356*D8*20260101", "NM1*IL*1*QUENNELL*MARISOL****ZZ*PO1001", "DMG*D8*19840512*F",
          "HD*021**HLT*PPO*FAM", "DTP*348*D8*20260101", "DTP*349*D8*20261231", "INS*N*19*021*20*A", "REF*0F*PO1001",
          "NM1*IL*1*QUENNELL*INES", "DMG*D8*20140227*F", "HD*021**DEN", "DTP*348*D8*20260101",
        ])
    ]
  }

  var inquiries: [[UInt8]] {
    [
      Self.interchange(
        "270", "005010X279A1", code: "HS",
        [
          "BHT*0022*13*Q1*20260401*0900", "HL*1**20*1", "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SAMPLE01", "HL*2*1*21*1",
          "NM1*1P*2*JUNIPER FAMILY PRACTICE*****XX*1234567893", "HL*3*2*22*1", "TRN*1*T-3*9123456789",
          "NM1*IL*1*QUENNELL*MARISOL****MI*PO1001", "DTP*291*D8*20260401", "EQ*30", "HL*4*3*23*0",
          "NM1*03*1*QUENNELL*INES", "DMG*D8*20140227", "DTP*291*RD8*20260401-20260430", "EQ*30",
        ])
    ]
  }

  /// Tables, each with the file name from which a reader derives its days and its setting.
  var tables: [(name: String, bytes: [UInt8])] {
    [
      (
        "PPRRVU2026_JAN.csv",
        """
        hcpcs,mod,status,work_rvu,nonfac_pe_rvu,fac_pe_rvu,mp_rvu,mult_proc,bilat,asst_surg,co_surg,team_surg,endo_base,\
        nonfac_na,fac_na,pctc_ind,glob_days,conv_factor
        99213,,A,1.3,1.35,0.57,0.1,0,0,0,0,0,,,,0,XXX,32.3465
        45380,,A,3.56,9.0,1.9,0.5,3,0,1,0,0,45378,,NA,0,000,32.3465
        """
      ),
      (
        "GPCI2026.csv",
        "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (with 1.0 Floor),"
          + "2026 PE GPCI,2026 MP GPCI\n10112,AL,00,ALABAMA,1.000,0.869,0.575\n02102,AK,01,ALASKA,1.500,1.081,0.592\n"
      ),
      (
        "26LOCCO.csv",
        "Medicare Adminstrative Contractor,Locality Number,State,Fee Schedule Area,Counties\n10112,00,ALABAMA,STATEWIDE,"
          + "ALL COUNTIES\n01112,05,CALIFORNIA,SAN FRANCISCO,\"SAN FRANCISCO, MARIN/NAPA AND SOLANO\"\n"
      ),
      (
        "ccipra-v320r0-f1.txt",
        "column1\tcolumn2\tpre1996\teffective\tdeletion\tmodifier_ind\trationale\n99213\t99214\t\t20260101\t*\t1\tany\n"
      ),
      (
        "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv",
        "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
          + "99213,1,2 Date of Service Edit: Policy,any\nJ1885,8,3 Date of Service Edit: Clinical,any\n"
      ),
      (
        "AOC_V2026Q1-MCR.txt",
        "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\t"
          + "Special_Instruction_Notes\n1\t99417\t\t99215\t\t2026001\t\t\n"
      ),
      ("icd10cm_codes_2026.txt", "E119    Type 2 diabetes\nI10     Hypertension\nM5450   Low back pain\n"),
      ("places.txt", "11\n21\n22\n23\n81\n"), ("carc.txt", "code\n1\n2\n3\n16\n18\n45\n96\n97\nB7\n"),
    ].map { (name: $0.0, bytes: Array($0.1.utf8)) }
  }

  private static func interchange(_ kind: String, _ guide: String, code: String, _ segments: [String]) -> [UInt8] {
    let lines =
      [
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*SAMPLE01       *260401*0900*^*00501*000000007*0*P*:",
        "GS*\(code)*SENDER*SAMPLE01*20260401*0900*7*X*\(guide)", "ST*\(kind)*0001*\(guide)",
      ] + segments + ["SE*\(segments.count + 2)*0001", "GE*1*7", "IEA*1*000000007"]
    return Array((lines.joined(separator: "~\n") + "~\n").utf8)
  }
}
