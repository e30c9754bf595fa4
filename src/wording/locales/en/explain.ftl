# What `explain` prints. Codes, days, amounts and names of files arrive ready-made; the details of an answer come from
# the checks. Titles of rules come from the program file, which is written in English.

explain-title = Voucher { $voucher } in run { $run } ({ $job } as of { $day })
explain-state = state { $state }, outcome { $outcome }
explain-who = partner { $partner }, location { $location }, customer { $customer }
explain-unknown = unknown
explain-no-amount = no amount is known
explain-nothing-later = no later day changes the answer by itself
explain-later = if nothing else happens, from { $day }: { $state }, { $outcome }
explain-in-order = in order
explain-left-out = not in this program
explain-next = next
explain-source = source
explain-version = version read: { $language }, { $day }, sha256 { $hash }
explain-rows = Rows of this voucher

date-created = created
date-assigned = assigned
date-reserved = reserved
date-started = started
date-completed = completed
date-reported = reported
date-redeemed = redeemed
date-last-day = last day
date-claim-by = claim by
date-turns-on = turns on

amount-entitled = entitled
amount-invoiced = invoiced
amount-paid = paid
amount-payable = payable now

state-created = created
state-assigned = assigned
state-reserved = reserved
state-delivered = delivered
state-redeemed = redeemed
state-claimed = claimed
state-paid = paid
state-expired = expired
state-cancelled = cancelled

outcome-ok = ok
outcome-pending = pending
outcome-blocked = blocked
outcome-exception = exception

row-voucher = voucher
row-redemption = redemption
row-completion = completion
row-milestone = milestone
row-payment = payment
row-claim = claim
row-location = location
row-in-doubt = in doubt
