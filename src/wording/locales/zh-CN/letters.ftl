# Reminder letters to partners, Chinese (simplified).
#
# Counts and days arrive as numbers; dates, amounts and lists of codes arrive
# as text already written the way this language writes it. Voucher numbers,
# offering codes and finding codes are printed as they are. $codes may be the
# word "none" when no open point keeps a payment request back.
#
# Chinese has one plural form, so no message selects by count.

letter-subject = 您有 { $count } 条凭证提醒：{ $partner }
letter-greeting = 尊敬的{ $name }：
letter-greeting-nameless = 尊敬的合作伙伴：
letter-intro = 截至{ $date }，您的凭证和注册共有 { $count } 个事项需要处理，详情如下。

topic-enrollment-renewal = 待续订的注册
topic-enrollment-renewal-item = 您于{ $enrolled }办理的 { $offering } 注册将于{ $due }满一年，请最迟于当日完成续订（{ $portal }）。

topic-voucher-expiry = 即将到期的凭证
topic-voucher-expiry-item = 凭证 { $voucher }（客户：{ $customer }；服务项目：{ $engagement }{ $days ->
    [0] { "" }
   *[other] ，{ $days } 天
}）即将到期，最后兑换日期为{ $due }。请务必在该日期前（含当日）完成以下各项：服务交付、{ $report }、兑换凭证。

topic-unclaimed = 已兑换但尚未申请付款的凭证
topic-unclaimed-item = 凭证 { $voucher }（客户：{ $customer }）已于{ $redeemed }兑换，但尚未提交付款申请，申请截止日期为{ $due }。{ $codes ->
    [none] 目前没有影响申请的未决问题。
   *[other] 申请前需先解决以下问题：{ $codes }。
}
topic-unclaimed-item-amount = 凭证 { $voucher }（客户：{ $customer }）已于{ $redeemed }兑换，但尚未提交付款申请。本次交付的价值为 { $amount }，申请截止日期为{ $due }。{ $codes ->
    [none] 目前没有影响申请的未决问题。
   *[other] 申请前需先解决以下问题：{ $codes }。
}

letter-partner-portal = 合作伙伴门户
letter-report = 报告
letter-codes-separator = { "、" }
letter-closing = 如有任何疑问，请直接回复此邮件，我们很乐意为您提供帮助。
letter-signature =
    顺颂商祺
    凭证服务团队
letter-footer = 本邮件由系统自动生成。数据截至{ $date }。编号：{ $reference }
