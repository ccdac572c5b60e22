@sample
Feature: What does not hold

  Scenarios that fail, prove nothing or cannot be run, for the tests of the report.

  Background:
    Given the pods
      | pod             | labels         | serves             | node   |
      | shop/web        | app=web        | TCP/8080           | node-2 |
      | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
      | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
    And the services
      | service   | selects  | serves         |
      | shop/none | app=none | TCP/80 -> 8080 |

  Scenario: A table that is wrong in one cell
    When "shop" denies all ingress
    Then on TCP/8080 the truth table is
      |                 | shop/web | shop/api |
      | shop/web        | -        | open     |
      | shop/api        | blocked  | -        |
      | monitoring/prom | blocked  | blocked  |

  Scenario: Many flows that break although nobody says so
    When "shop" denies all ingress and egress
    Then exactly these flows broke
      | from     | to       | ports    |
      | shop/web | shop/api | TCP/8080 |

  @doubt
  Scenario: A Service without endpoints is not one that is blocked
    When "shop" denies all ingress
    Then "monitoring/prom" cannot reach service "shop/none" on TCP/80

  Scenario: A port that nobody serves, <script>alert("lockdown")</script> & other odd names
    When "shop" denies all ingress
    Then "monitoring/prom" cannot reach "shop/api" on TCP/9999

  @needs:sctp
  Scenario: A protocol that this kernel may lack
    When "shop" denies all ingress
    Then "monitoring/prom" cannot reach "shop/api" on UDP/5353
