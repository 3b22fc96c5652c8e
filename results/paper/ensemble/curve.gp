# Redraw with: gnuplot curve.gp
set encoding utf8
set terminal pngcairo noenhanced size 960,560 font 'DejaVu Sans,11'
set output 'curve.png'
data = 'curve.csv'
set datafile separator comma
set title 'An ensemble and its members under attack' font 'DejaVu Sans,14'
set xlabel 'member'
set ylabel 'error (%)'
set border 3 linecolor rgb '#606060'
set tics nomirror out textcolor rgb '#202020'
set grid linecolor rgb '#E0E0E0' linetype 1 linewidth 1
set key outside right center Left reverse samplen 2 spacing 1.4
set autoscale xfix
set offsets graph 0.02, graph 0.02, graph 0.03, graph 0.03
plot data skip 1 using ($1 == 1 ? $3 : NaN):4:5:6 with yerrorbars linecolor rgb '#000000' pointtype -1 linewidth 1.5 notitle, \
     data skip 1 using ($1 == 1 ? $3 : NaN):4 with points linecolor rgb '#000000' linewidth 2.2 pointtype 4 pointsize 1.9 title 'the member, attacked by itself', \
     data skip 1 using ($1 == 2 ? $3 : NaN):4:5:6 with yerrorbars linecolor rgb '#000000' pointtype -1 linewidth 1.5 notitle, \
     data skip 1 using ($1 == 2 ? $3 : NaN):4 with points linecolor rgb '#000000' linewidth 2.2 pointtype 6 pointsize 1.9 title 'the ensemble, attacked through the member', \
     data skip 1 using ($1 == 3 ? $3 : NaN):5:6 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.18 noborder notitle, \
     data skip 1 using ($1 == 3 ? $3 : NaN):4 with linespoints linecolor rgb '#0072B2' linewidth 2.2 pointtype 9 pointsize 0.9 title 'the ensemble, attacked as a whole'
