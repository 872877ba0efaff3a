/** What word processors put on the clipboard, shortened in their styles only. */

/** Word for Windows: headings, a list on two levels, a table, a link and a footnote. */
export const WORD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* List Definitions */ @list l0 {mso-list-id:41;} @list l0:level1 {mso-level-number-format:bullet;} p.MsoNormal {margin:0} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1><a name="_Toc1"></a><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span>Where things stand<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Seoul </b><b>and Brussels</b> signed the <i>Individually
Tailored</i> Partnership Programme<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference>[1]</span><![endif]></span></span></a> in
2023; see <a href="https://www.nato.int/docs_(new)">the text</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Cyber<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-add-space:auto;
text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span></span><![endif]>CCDCOE</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>Locked <s>Shields</s></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;
</span></span><![endif]>Arms control</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <thead><tr style='mso-yfti-irow:0'><td width=100 valign=top><p class=MsoNormal><b>Deal<o:p></o:p></b></p></td>
 <td width=100><p class=MsoNormal align=right style='text-align:right'><b>Value|EUR bn</b></p></td></tr></thead>
 <tr><td><p class=MsoNormal>K2 tanks</p><p class=MsoNormal>(first lot)</p></td><td><p class=MsoNormal align=right style='text-align:right'>3.4<o:p></o:p></p></td></tr>
 <tr><td><p class=MsoNormal>K9</p></td><td><p class=MsoNormal align=right style='text-align:right'>2.6</p></td></tr>
</table>
<!--EndFragment-->
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference>[1]</span><![endif]></span></span></a><span
lang=EN-US> NATO press release, 11 July 2023.</span></p></div></div>
</body></html>`;

/** The same as WebKit hands it on: without Word's own styles, comments and links within the page, with what was computed in their place. */
export const WORD_IN_WEBKIT = `<h1 style="color: rgb(0, 0, 0); text-indent: 0px;"><a name="_Toc1"></a><span>1.<span style="line-height:
normal;">&nbsp;&nbsp;&nbsp;<span class="Apple-converted-space">&nbsp;</span></span></span>Where things stand<o:p></o:p></h1><p class="MsoNormal"
style="margin: 0px;"><b>Seoul<span class="Apple-converted-space">&nbsp;</span></b><b>and Brussels</b><span class="Apple-converted-space">&nbsp;</span>signed
the<span class="Apple-converted-space">&nbsp;</span><i>Individually Tailored</i><span class="Apple-converted-space">&nbsp;</span>Partnership Programme<a
name="_ftnref1" title=""><span class="MsoFootnoteReference"><span><span class="MsoFootnoteReference">[1]</span></span></span></a><span
class="Apple-converted-space">&nbsp;</span>in 2023; see<span class="Apple-converted-space">&nbsp;</span><a href="https://www.nato.int/docs_(new)">the
text</a>.<o:p></o:p></p><p class="MsoListParagraphCxSpFirst" style="color: rgb(0, 0, 0); text-indent: -18pt;"><span
style="font-family: Symbol;"><span>·<span style="line-height: normal;">&nbsp;&nbsp;&nbsp;&nbsp;<span
class="Apple-converted-space">&nbsp;</span></span></span></span>Cyber<o:p></o:p></p><p class="MsoListParagraphCxSpMiddle"
style="margin-left: 72pt; text-indent: -18pt;"><span><span>1.<span>&nbsp;&nbsp;<span
class="Apple-converted-space">&nbsp;</span></span></span></span>CCDCOE</p><p class="MsoListParagraphCxSpMiddle" style="margin-left: 72pt;"><span>2.<span>&nbsp;<span
class="Apple-converted-space">&nbsp;</span></span></span>Locked<span class="Apple-converted-space">&nbsp;</span><s>Shields</s></p><p
class="MsoListParagraphCxSpLast" style="text-indent: -18pt;"><span>·<span>&nbsp;&nbsp;<span
class="Apple-converted-space">&nbsp;</span></span></span>Arms control</p><p class="MsoNormal" style="margin: 0px;"><o:p>&nbsp;</o:p></p><div><br
clear="all"><hr align="left" size="1" width="33%"><div id="ftn1"><p class="MsoFootnoteText"><a name="_ftn1" title=""><span
class="MsoFootnoteReference"><span><span class="MsoFootnoteReference">[1]</span></span></span></a><span lang="EN-US"><span
class="Apple-converted-space">&nbsp;</span>NATO press release, 11 July 2023.</span></p></div></div>`;

/** Google Docs: its wrapper that is called bold and is not, styles for everything, and nested lists beside their items. */
export const DOCS = `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0a1b2c3d-7fff-1234">
<h2 dir="ltr" style="line-height:1.38;margin-top:18pt;"><span style="font-size:16pt;font-weight:400;font-style:normal;white-space:pre-wrap;">What both kept</span></h2>
<p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;font-style:normal;white-space:pre-wrap;">Two governments </span><span
 style="font-size:11pt;font-weight:700;font-style:normal;white-space:pre-wrap;">built</span><span
 style="font-size:11pt;font-weight:700;font-style:italic;white-space:pre-wrap;"> this</span><span style="font-weight:400;">, 2019–2024; </span><a
 href="https://www.google.com/url?q=https://example.org/a&amp;sa=D" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;">source</span></a><span>.</span></p>
<br /><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">one</span></p></li>
<ul style="margin-top:0;"><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span style="font-weight:400;">within</span></p></li></ul>
<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;text-decoration:line-through;">two</span></p></li></ul>
<div dir="ltr" style="margin-left:0pt;" align="left"><table style="border:none;border-collapse:collapse;"><colgroup><col width="301"><col width="301"></colgroup><tbody>
<tr style="height:0pt"><td><p dir="ltr"><span style="font-weight:700;">Year</span></p></td><td><p dir="ltr"><span style="font-weight:700;">Step</span></p></td></tr>
<tr><td><p dir="ltr"><span style="font-weight:400;">2023</span></p></td><td><p dir="ltr"><span>ITPP</span></p></td></tr></tbody></table></div></b><br class="Apple-interchange-newline">`;
