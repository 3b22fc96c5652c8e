# Redraw with: gnuplot ignore-target.gp
set encoding utf8
set terminal pngcairo noenhanced size 820,720 font 'DejaVu Sans,11'
set output 'ignore-target.png'
data = 'ignore-target.csv'
set datafile separator comma
set datafile missing 'nan'
set title 'AS ignoring the target' font 'DejaVu Sans,14'
set xlabel 'target class'
set ylabel 'source class'
set xrange [-0.5:9.5]
set yrange [9.5:-0.5]
set xtics ('0' 0, '1' 1, '2' 2, '3' 3, '4' 4, '5' 5, '6' 6, '7' 7, '8' 8, '9' 9) scale 0
set ytics ('0' 0, '1' 1, '2' 2, '3' 3, '4' 4, '5' 5, '6' 6, '7' 7, '8' 8, '9' 9) scale 0
set border 0
set palette defined (0 '#F7FBFF', 0.5 '#6BAED6', 1 '#08306B')
set cbrange [0:100]
set cbtics nomirror out
unset key
set style fill solid 1 noborder
# A box a cell: a picture would close up where cells are empty.
plot data skip 1 using 4:3:($4 - 0.5):($4 + 0.5):($3 - 0.5):($3 + 0.5):5 with boxxyerror fillcolor palette, \
     data skip 1 using 4:3:($5 < 55.00000000000001 ? sprintf('%.1f', $5) : '') with labels textcolor rgb '#202020', \
     data skip 1 using 4:3:($5 >= 55.00000000000001 ? sprintf('%.1f', $5) : '') with labels textcolor rgb '#FFFFFF'
