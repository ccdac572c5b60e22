@conformance @ports
Feature: Ports and protocols

  Background:
    Given the pods
      | pod | labels | serves                                                   |
      | x/a | pod=a  | TCP/80, TCP/81, UDP/80, UDP/81, web=TCP/8080, dns=UDP/53 |
      | x/b | pod=b  | TCP/80, TCP/81, UDP/80, UDP/81, web=TCP/9090, dns=UDP/53 |
      | y/c | pod=c  |                                                          |

  @catches:end-port-off-by-one @catches:ignores-end-port @catches:named-port-by-another-pods-number @catches:port-without-protocol-as-any @catches:tcp-rules-apply-to-udp
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: ports}
      spec:
        podSelector: {}
        ingress:
        - ports: [<ports>]
      """
    Then "y/c" can reach every pod of "x" on <open>
    But "y/c" cannot reach every pod of "x" on <blocked>
    And every flow is as the policies say

    Examples:
      | case                                           | ports                                                          | open                              | blocked                           |
      | A port without a protocol is TCP               | {port: 80}                                                     | TCP/80                            | TCP/81, UDP/80 and UDP/81         |
      # e2e 40: should not allow access by TCP when a policy specifies only UDP
      | UDP is not TCP                                 | {protocol: UDP, port: 80}                                      | UDP/80                            | TCP/80, TCP/81 and UDP/81         |
      # e2e 30: should enforce ingress policy allowing any port traffic to a server on a specific protocol
      | A protocol without a port is all of its ports  | {protocol: UDP}                                                | UDP/80, UDP/81 and UDP/53         | TCP/80 and TCP/81                 |
      # e2e 14: should enforce policy based on Ports
      | Several ports add up                           | {port: 81}, {protocol: UDP, port: 80}                          | TCP/81 and UDP/80                 | TCP/80 and UDP/81                 |
      # e2e 50: should support EndPort (the API field; here its enforcement)
      | A range includes both of its ends              | {port: 80, endPort: 81}                                        | TCP/80 and TCP/81                 | UDP/80 and UDP/81                 |
      | A range ends where it ends                     | {port: 79, endPort: 80}                                        | TCP/80                            | TCP/81                            |
      | A range begins where it begins                 | {port: 81, endPort: 90}                                        | TCP/81                            | TCP/80                            |
      | A range of UDP                                 | {protocol: UDP, port: 81, endPort: 100}                        | UDP/81                            | UDP/80 and TCP/81                 |
      # e2e 17: should allow ingress access on one named port
      | A named port is each pod's own number          | {port: web}                                                    | TCP/web                           | TCP/80 and TCP/81                 |
      | A named port of another protocol is no port    | {protocol: UDP, port: web}, {port: 80}                         | TCP/80                            | TCP/web and UDP/80                |
      | A named port of UDP                            | {protocol: UDP, port: dns}                                     | UDP/dns                           | TCP/80 and UDP/80                 |

  @catches:ports-with-peers-of-another-rule
  Scenario: The ports of one rule do not mix with the peers of another
    Given the pods
      | pod | labels | serves |
      | y/d | pod=d  |        |
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: apart}
      spec:
        podSelector: {}
        ingress:
        - from: [{namespaceSelector: {}, podSelector: {matchLabels: {pod: c}}}]
          ports: [{port: 80}]
        - from: [{namespaceSelector: {}, podSelector: {matchLabels: {pod: d}}}]
          ports: [{port: 81}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     |
      | y/c | open    |
      | y/d | blocked |
    And on TCP/81 the truth table is
      |     | x/a     |
      | y/c | blocked |
      | y/d | open    |
    And every flow is as the policies say

  # e2e 19: should allow egress access on one named port
  Scenario: A named port of an egress rule is resolved at each destination
    When this policy is applied to "y"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: egress-by-name}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - ports: [{port: web}]
      """
    Then "y/c" can reach every pod of "x" on TCP/web
    But "y/c" cannot reach every pod of "x" on TCP/80 and UDP/80
    And every flow is as the policies say
