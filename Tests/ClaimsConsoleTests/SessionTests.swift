import Testing

@testable import ClaimsConsole

@Suite("A session is only what this store's services have issued, and only for a working day")
struct SessionTests {
  private let keeper = SessionKeeper(secret: [UInt8](repeating: 7, count: 32))
  private let digest = String(repeating: "a", count: 64)

  @Test("its cookie is recognized by every service that shares the secret, until it ends")
  func recognized() {
    let session = keeper.session(of: digest, at: 1_000)
    let cookie = keeper.cookie(of: session)
    let other = SessionKeeper(secret: [UInt8](repeating: 7, count: 32))
    #expect(other.session(cookie: cookie, at: 1_000) == session)
    #expect(other.session(cookie: cookie, at: session.ends - 1) == session)
    #expect(other.session(cookie: cookie, at: session.ends) == nil)
  }

  @Test("a cookie that is changed anywhere, or made with another secret, is nobody's")
  func forged() {
    let session = keeper.session(of: digest, at: 1_000)
    let cookie = Array(keeper.cookie(of: session).utf8)
    for place in cookie.indices {
      var changed = cookie
      changed[place] = changed[place] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
      #expect(keeper.session(cookie: String(decoding: changed, as: UTF8.self), at: 1_000) == nil, "byte \(place)")
    }
    let stranger = SessionKeeper(secret: [UInt8](repeating: 8, count: 32))
    #expect(stranger.session(cookie: String(decoding: cookie, as: UTF8.self), at: 1_000) == nil)
    for text in ["", "...", "a.b.c.d", "a.b.99999999999999999999.d"] {
      #expect(keeper.session(cookie: text, at: 1_000) == nil)
    }
  }

  @Test("the token of its forms is no other session's, and is not the seal of its cookie")
  func forms() {
    let (one, other) = (keeper.session(of: digest, at: 1_000), keeper.session(of: digest, at: 1_000))
    #expect(keeper.isFormToken(keeper.formToken(of: one), of: one))
    #expect(!keeper.isFormToken(keeper.formToken(of: one), of: other))
    #expect(!keeper.isFormToken("", of: one))
    let seal = keeper.cookie(of: one).split(separator: ".").last.map(String.init) ?? ""
    #expect(!keeper.isFormToken(seal, of: one))
  }
}
