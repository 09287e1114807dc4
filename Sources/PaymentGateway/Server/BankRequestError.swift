/// A request that the bank cannot read; sent back as a problem.
struct BankRequestError: Error {
  let problem: BankProblem
  let detail: String
}
