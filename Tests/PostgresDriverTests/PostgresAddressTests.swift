import TestSupport
import Testing

@testable import PostgresDriver

@Suite("An address", .postgres)
struct PostgresAddressTests {
  @Test(
    "contains its hosts, ports and database when it is printed",
    arguments: [
      ("postgres://db.example/claims", "postgres://db.example/claims"),
      ("postgres://ada@db.example:6432/claims?sslmode=require", "postgres://db.example:6432/claims"),
      ("postgres://one:5432,two:5433/claims", "postgres://one:5432,two:5433/claims"),
      ("host=one,two port=5432 dbname=claims", "postgres://one:5432,two:5432/claims"),
      ("host=one,two port=5432,5433 dbname=claims", "postgres://one:5432,two:5433/claims"),
      ("host=/run/postgresql port=5432 dbname=claims", "postgres:///run/postgresql/claims"),
      ("dbname=claims", "postgres:///claims"),
    ])
  func printed(text: String, description: String) throws {
    #expect(try PostgresAddress(text).description == description)
  }

  @Test(
    "never prints a password",
    arguments: [
      "postgres://ada:sesame@db.example/claims", "postgres://db.example/claims?user=ada&password=sesame",
      "host=db.example user=ada password=sesame dbname=claims", "password='sesame' host=one,two",
      "postgres://ada:sesame@one,two/claims?sslpassword=sesame", "postgres://ada:%73esame@db.example/claims",
      "host=db.example dbname=postgres://ada:sesame@other/claims", "host=db.example dbname='password=sesame'",
    ])
  func password(text: String) throws {
    let address = try PostgresAddress(text)
    #expect(!"\(address)".contains("sesame"))
    #expect(!String(reflecting: address).contains("sesame"))
    #expect(!address.shareable.contains("sesame"))
    #expect(!"\(PostgresFailureSample(address: address))".contains("sesame"))
  }

  @Test(
    "without a password can be given again with all its options",
    arguments: ["postgres://ada@db.example:6432/claims?sslmode=require", "host=/run/postgresql dbname=claims"])
  func shareable(text: String) throws { #expect(try PostgresAddress(text).shareable == text) }

  /// A type whose description includes an address.
  private struct PostgresFailureSample {
    let address: PostgresAddress
  }

  @Test(
    "that cannot be parsed is refused, and the refusal contains no part of a password",
    arguments: [
      "postgres://ada:ses%ame@db.example/claims", "host=db.example password=open sesame",
      "postgres://db.example/claims?password=%zzsesame", "host=db.example password=open sesame=now",
      "password='open sesame", "postgres://ada:open@sesame@db.example/claims",
    ])
  func unreadable(text: String) {
    let error = #expect(throws: PostgresError.self) { try PostgresAddress(text) }
    let message = error.map { "\($0)" } ?? ""
    #expect(!message.contains("sesame") && !message.contains("ses%ame"), "\(message)")
  }

  @Test("with several hosts leads to the one that answers")
  func severalHosts() async throws {
    let server = try PrivatePostgres.shared()
    let folder = try TemporaryFolder()
    let folderOfServer = try #require(server.address.text.split(separator: "host=").last?.split(separator: "&").first)
    let address = try PostgresAddress("host=\(folder.path),\(folderOfServer) user=paidonce dbname=postgres")
    #expect(try await PostgresPool(address, limit: 1).use { try $0.integer("SELECT 1") } == 1)
  }
}
