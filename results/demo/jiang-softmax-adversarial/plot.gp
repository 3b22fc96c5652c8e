# Redraw with: gnuplot plot.gp
set encoding utf8
set terminal pngcairo noenhanced size 960,560 font 'DejaVu Sans,11'
set output 'plot.png'
data = 'plot.csv'
set datafile separator comma
set title 'softmax regression on adversarial examples' font 'DejaVu Sans,14'
set xlabel 'epoch'
set ylabel 'validation error (%)'
set border 3 linecolor rgb '#606060'
set tics nomirror out textcolor rgb '#202020'
set grid linecolor rgb '#E0E0E0' linetype 1 linewidth 1
set key outside right center Left reverse samplen 2 spacing 1.4
set autoscale xfix
set offsets graph 0.02, graph 0.02, graph 0.03, graph 0.03
plot data skip 1 using ($1 == 1 ? $3 : NaN):4 with linespoints linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.9 title 'validation error'
