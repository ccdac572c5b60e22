# Written by ./lockdown dev generate; change dev.lockdown.conformance and run it again.
@conformance @generated @conflict
Feature: Policies that seem to contradict each other

  No policy denies what another allows: a policy takes the allowance by default away and gives its own. But a flow needs both of its
  ends.

  Background:
    Given the namespaces
      | namespace | labels |
      | x         | ns=x   |
      | y         | ns=y   |
      | z         | ns=z   |
    And the pods
      | pod | labels | serves                                                                                                                           |
      | x/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | x/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | x/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
    And the external hosts
      | host          | serves         | addresses      |
      | inside.test   | TCP/80, UDP/80 | 198.51.100.10  |
      | excepted.test | TCP/80, UDP/80 | 198.51.100.130 |
      | outside.test  | TCP/80, UDP/80 | 203.0.113.7    |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: <source>}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: <source rules>
      """
    And this policy is applied to "y"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: <destination>}
      spec:
        podSelector: {}
        policyTypes: [Ingress]
        ingress: <destination rules>
      """
    Then on TCP/80 the truth table is
      | | y/b | y/c | z/b |
      | x/b | <x/b to y/b> | <x/b to y/c> | <x/b to z/b> |
      | z/b | <z/b to y/b> | <z/b to y/c> | - |
    And every flow is as the policies say

    Examples:
      | case                                                                        | source | source rules                                                            | destination | destination rules                                       | x/b to y/b | x/b to y/c | x/b to z/b | z/b to y/b | z/b to y/c |
      | The source may send to nobody, the destination may hear everybody           | deny   | []                                                                      | allow       | [{}]                                                    | blocked    | blocked    | blocked    | open       | open       |
      | The source may send to everybody, the destination may hear nobody           | allow  | [{}]                                                                    | deny        | []                                                      | blocked    | blocked    | open       | blocked    | blocked    |
      | Both may                                                                    | allow  | [{}]                                                                    | allow       | [{}]                                                    | open       | open       | open       | open       | open       |
      | Neither may                                                                 | deny   | []                                                                      | deny        | []                                                      | blocked    | blocked    | blocked    | blocked    | blocked    |
      | The source may send to pods b, the destination may hear namespace x         | some   | [{to: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}] | some        | [{from: [{namespaceSelector: {matchLabels: {ns: x}}}]}] | open       | blocked    | open       | blocked    | blocked    |
      | The source may send to an outside block, the destination may hear everybody | block  | [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}]                            | allow       | [{}]                                                    | blocked    | blocked    | blocked    | open       | open       |
      | The source may send to everybody, the destination may hear an outside block | allow  | [{}]                                                                    | block       | [{from: [{ipBlock: {cidr: 198.51.100.0/24}}]}]          | blocked    | blocked    | open       | blocked    | blocked    |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: <first>}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: <first rules>
      """
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: <second>}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: <second rules>
      """
    Then on TCP/80 the truth table is
      | | y/b | y/c | host inside.test | host excepted.test | host outside.test |
      | x/a | <y/b> | <y/c> | <inside> | <excepted> | <outside> |
    And every flow is as the policies say

    Examples:
      | case                                                                   | first     | first rules                                                                                                    | second | second rules                                                                                                   | y/b     | y/c     | inside  | excepted | outside |
      | One policy says that it may send to nobody, another everybody          | deny      | []                                                                                                             | allow  | [{}]                                                                                                           | open    | open    | open    | open     | open    |
      | One policy says that it may send to nobody, another pods b             | deny      | []                                                                                                             | pods   | [{to: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]                                        | open    | blocked | blocked | blocked  | blocked |
      | One policy says that it may send to nobody, another an outside block   | deny      | []                                                                                                             | block  | [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}]                                                                   | blocked | blocked | open    | open     | blocked |
      | One policy may send to pods b, another all but them                    | pods      | [{to: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]                                        | others | [{to: [{podSelector: {matchExpressions: [{key: pod, operator: NotIn, values: [b]}]}, namespaceSelector: {}}]}] | open    | open    | blocked | blocked  | blocked |
      | One policy may send to a block but for an exception, another the block | excepting | [{to: [{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}]}]                                      | block  | [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}]                                                                   | blocked | blocked | open    | open     | blocked |
      | One policy may send to a block but for an exception, another pods b    | excepting | [{to: [{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}]}]                                      | pods   | [{to: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]                                        | open    | blocked | open    | blocked  | blocked |
      | One policy may send to all but pods b, another an outside block        | others    | [{to: [{podSelector: {matchExpressions: [{key: pod, operator: NotIn, values: [b]}]}, namespaceSelector: {}}]}] | block  | [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}]                                                                   | blocked | open    | open    | open     | blocked |
      | Two policies say alike that it may send to nobody                      | deny      | []                                                                                                             | again  | []                                                                                                             | blocked | blocked | blocked | blocked  | blocked |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: <first>}
      spec:
        podSelector: {}
        policyTypes: [Ingress]
        ingress: <first rules>
      """
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: <second>}
      spec:
        podSelector: {}
        policyTypes: [Ingress]
        ingress: <second rules>
      """
    Then on TCP/80 the truth table is
      | | x/a |
      | y/b | <y/b> |
      | y/c | <y/c> |
      | host inside.test | <inside> |
      | host excepted.test | <excepted> |
      | host outside.test | <outside> |
    And every flow is as the policies say

    Examples:
      | case                                                                | first     | first rules                                                                                                      | second | second rules                                                                                                     | y/b     | y/c     | inside  | excepted | outside |
      | One policy says that it may hear nobody, another everybody          | deny      | []                                                                                                               | allow  | [{}]                                                                                                             | open    | open    | open    | open     | open    |
      | One policy says that it may hear nobody, another pods b             | deny      | []                                                                                                               | pods   | [{from: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]                                        | open    | blocked | blocked | blocked  | blocked |
      | One policy says that it may hear nobody, another an outside block   | deny      | []                                                                                                               | block  | [{from: [{ipBlock: {cidr: 198.51.100.0/24}}]}]                                                                   | blocked | blocked | open    | open     | blocked |
      | One policy may hear pods b, another all but them                    | pods      | [{from: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]                                        | others | [{from: [{podSelector: {matchExpressions: [{key: pod, operator: NotIn, values: [b]}]}, namespaceSelector: {}}]}] | open    | open    | blocked | blocked  | blocked |
      | One policy may hear a block but for an exception, another the block | excepting | [{from: [{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}]}]                                      | block  | [{from: [{ipBlock: {cidr: 198.51.100.0/24}}]}]                                                                   | blocked | blocked | open    | open     | blocked |
      | One policy may hear a block but for an exception, another pods b    | excepting | [{from: [{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}]}]                                      | pods   | [{from: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]                                        | open    | blocked | open    | blocked  | blocked |
      | One policy may hear all but pods b, another an outside block        | others    | [{from: [{podSelector: {matchExpressions: [{key: pod, operator: NotIn, values: [b]}]}, namespaceSelector: {}}]}] | block  | [{from: [{ipBlock: {cidr: 198.51.100.0/24}}]}]                                                                   | blocked | open    | open    | open     | blocked |
      | Two policies say alike that it may hear nobody                      | deny      | []                                                                                                               | again  | []                                                                                                               | blocked | blocked | blocked | blocked  | blocked |
