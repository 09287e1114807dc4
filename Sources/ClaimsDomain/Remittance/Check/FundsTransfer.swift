/// From which account to which: BPR06 to BPR09 and BPR12 to BPR15. Routing numbers are those of the ABA, accounts are
/// demand deposits.
package struct FundsTransfer: Hashable, Sendable {
  package var senderRouting: String
  package var senderAccount: String
  package var receiverRouting: String
  package var receiverAccount: String

  package init(senderRouting: String, senderAccount: String, receiverRouting: String, receiverAccount: String) {
    self.senderRouting = senderRouting
    self.senderAccount = senderAccount
    self.receiverRouting = receiverRouting
    self.receiverAccount = receiverAccount
  }
}
