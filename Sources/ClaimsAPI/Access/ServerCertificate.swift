import NIOSSL

/// The certificate that the service shows, with its chain and its private key.
package struct ServerCertificate: Sendable {
  let configuration: TLSConfiguration

  /// - Parameters:
  ///   - chain: a file in PEM with the certificate and the certificates that sign it, in order.
  ///   - key: a file in PEM with the private key.
  /// - Throws: `UnusableCertificate`.
  package init(chain: String, key: String) throws(UnusableCertificate) {
    do {
      let certificates = try NIOSSLCertificate.fromPEMFile(chain).map(NIOSSLCertificateSource.certificate)
      configuration = .makeServerConfiguration(
        certificateChain: certificates, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
      // Finds a key that is not the certificate's.
      _ = try NIOSSLContext(configuration: configuration)
    } catch {
      throw UnusableCertificate(chain: chain, key: key)
    }
  }
}

/// Two files that are not a certificate and its private key.
package struct UnusableCertificate: Error, Hashable, CustomStringConvertible {
  let chain: String
  let key: String

  package var description: String {
    "--tls-cert \(chain) and --tls-key \(key) cannot be used: name a certificate with its chain, and its private key, "
      + "both in PEM"
  }
}
