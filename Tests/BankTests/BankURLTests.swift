import BankClient
import Testing

@Suite struct BankURLTests {
  @Test(
    arguments: [
      ("http://127.0.0.1:8090", "127.0.0.1:8090"), ("https://bank.example", "bank.example:443"),
      ("http://bank.example/base/", "bank.example:80"),
    ])
  func `messages name host and port`(_ text: String, _ place: String) throws {
    #expect(try BankURL(text).place == place)
  }

  @Test(arguments: [
    "", "bank.example", "ftp://bank.example", "http://", "http://bank.example?x=1", "http://me:pw@bank.example",
    "http://bank.example:65536", "http://bank.example:0", "http://bank.example:/",
    "http://bank.example:99999999999999999999",
  ])
  func `what is not a bank's address is refused`(_ text: String) {
    #expect(throws: BankURLError.self) { try BankURL(text) }
  }
}
