Option Explicit

' One Sub per button of the panel. Texts for the user live in cells: this file is plain ASCII.

Public Sub VprPrepare()
    VprRun "prepare"
End Sub

Public Sub VprCheck()
    VprRun "check"
End Sub

Public Sub VprAssign()
    VprRun "assign"
End Sub

Public Sub VprProtocols()
    VprRun "protocols"
End Sub

Public Sub VprReport()
    VprRun "report"
End Sub

Private Sub VprRun(ByVal action As String)
    MsgBox Range("message_" & action).Value, vbInformation
End Sub
