Feature: A DNS cache on every node
  With NodeLocal DNSCache pods ask an address of their node for names, which no podSelector selects: a policy allows it by an ipBlock.

  Background:
    Given the pods
      | pod      | labels  | serves   |
      | shop/web | app=web |          |
      | shop/api | app=api | TCP/8080 |
    And the nodes have a DNS cache at 169.254.20.10
    And "shop" denies all egress

  Scenario: Names resolve by the address of the cache
    Given "shop/web" cannot resolve kubernetes.default.svc.cluster.local
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: dns-cache}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - to: [{ipBlock: {cidr: 169.254.20.10/32}}]
          ports: [{port: 53, protocol: UDP}, {port: 53}]
      """
    Then "shop/web" can resolve kubernetes.default.svc.cluster.local
    And "shop/web" can resolve kubernetes.default.svc.cluster.local over TCP
    But "shop/web" cannot reach "shop/api" on TCP/8080

  Scenario: The pods of kube-dns are not the ones that are asked
    When "fixtures/policies/allow-dns.yaml" is applied to "shop"
    Then "shop/web" cannot resolve kubernetes.default.svc.cluster.local
