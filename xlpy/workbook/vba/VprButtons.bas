Option Explicit

' One Sub per button of the panel. Texts for the user live in cells: this file is plain ASCII.
' No reference to xlwings.xlam: LibreOffice drops references when it saves the workbook.
' Application.ThisWorkbook, never ThisWorkbook alone: in a workbook that LibreOffice has saved, the
' short name means a module. Never FullName: LibreOffice gives the name without the folder.

Public Sub VprPrepare()
Attribute VprPrepare.VB_ProcData.VB_Invoke_Func = "E\n14"
    VprRun "prepare"
End Sub

Public Sub VprCheck()
Attribute VprCheck.VB_ProcData.VB_Invoke_Func = "C\n14"
    VprRun "check"
End Sub

Public Sub VprAssign()
Attribute VprAssign.VB_ProcData.VB_Invoke_Func = "A\n14"
    VprRun "assign"
End Sub

Public Sub VprObservers()
    VprRun "observers"
End Sub

Public Sub VprOrganisers()
    VprRun "organisers"
End Sub

Public Sub VprDistribution()
    VprRun "distribution"
End Sub

Public Sub VprForms()
    VprRun "forms"
End Sub

Public Sub VprCollect()
    VprRun "collect"
End Sub

Public Sub VprProtocols()
Attribute VprProtocols.VB_ProcData.VB_Invoke_Func = "D\n14"
    VprRun "protocols"
End Sub

Public Sub VprReport()
Attribute VprReport.VB_ProcData.VB_Invoke_Func = "G\n14"
    VprRun "report"
End Sub

Public Sub VprFolder()
    VprRun "folder"
End Sub

Public Sub VprUndo()
    VprRun "undo"
End Sub

' LibreOffice calls itself version 11, Excel 12 and more.
Private Sub VprRun(ByVal action As String)
    If Application.ThisWorkbook.Path = "" Then
        VprSay "message_not_saved"
    ElseIf Val(Application.Version) < 12 Then
        VprStart action, True
    ElseIf Not VprAddIn(action) Then
        VprStart action, False
    End If
End Sub

' False where the add-in is missing or blocked.
Private Function VprAddIn(ByVal action As String) As Boolean
    On Error GoTo Missing
    Application.Run "xlwings.xlam!RunPython", "from xlpy.buttons import caller; caller('" & action & "')"
    VprAddIn = True
Missing:
End Function

' Starts the launcher that "xlpy install" has written, and does not wait for it.
Private Sub VprStart(ByVal action As String, ByVal inLibreOffice As Boolean)
    Dim launcher As String
    Dim book As String
    launcher = VprLauncher()
    If launcher = "" Then
        VprSay "message_no_launcher"
        Exit Sub
    End If
    book = Application.ThisWorkbook.Path & Application.PathSeparator & Application.ThisWorkbook.Name
    On Error GoTo Refused
    If inLibreOffice Then
        Shell """" & launcher & """ press " & action & " """ & VprQuotable(book) & """", 0
    Else
        CreateObject("WScript.Shell").Run """" & launcher & """ press " & action & " """ & book & """", 0, False
    End If
    Exit Sub
Refused:
    VprSay "message_not_started"
End Sub

' A path that may stand between quotation marks; the launcher turns such an address back into a path.
Private Function VprQuotable(ByVal book As String) As String
    VprQuotable = book
    If InStr(book, """") > 0 Then VprQuotable = "file://" & Replace(Replace(book, "%", "%25"), """", "%22")
End Function

' Path of the launcher on Windows, Linux, macOS; empty where there is none.
Private Function VprLauncher() As String
    VprLauncher = VprThere("LOCALAPPDATA", "\xlpy\xlpy-press.cmd")
    If VprLauncher = "" Then VprLauncher = VprThere("XDG_DATA_HOME", "/xlpy/xlpy-press")
    If VprLauncher = "" Then VprLauncher = VprThere("HOME", "/.local/share/xlpy/xlpy-press")
    If VprLauncher = "" Then VprLauncher = VprThere("HOME", "/Library/Application Support/xlpy/xlpy-press")
End Function

Private Function VprThere(ByVal variable As String, ByVal rest As String) As String
    On Error GoTo Missing
    If Environ(variable) = "" Then Exit Function
    If Dir(Environ(variable) & rest) <> "" Then VprThere = Environ(variable) & rest
Missing:
End Function

Private Sub VprSay(ByVal message As String)
    MsgBox Application.ThisWorkbook.Names(message).RefersToRange.Value, vbInformation
End Sub
